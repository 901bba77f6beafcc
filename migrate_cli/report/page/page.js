"use strict";
// Headings become buttons that sort the rows below them; rows without a number stay last. Without this the page is whole.
for (const table of document.querySelectorAll("table")) {
  const body = table.querySelector("tbody:not(.pinned)");
  if (!body || body.rows.length < 2) continue;
  const headings = [...table.tHead.rows[0].cells];
  const value = (row, at) => {
    const cell = row.cells[at];
    return headings[at].dataset.kind === "text" ? cell.textContent.trim() : Number(cell.dataset.value ?? NaN);
  };
  const compare = (a, b, up) => {
    if (typeof a === "string") return up * a.localeCompare(b, "en", { numeric: true });
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
    return up * (a - b);
  };
  headings.forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const up = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", up > 0 ? "ascending" : "descending");
      body.append(...[...body.rows].sort((a, b) => compare(value(a, at), value(b, at), up)));
    });
  });
}
