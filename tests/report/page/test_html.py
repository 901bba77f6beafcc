from __future__ import annotations

import base64
import hashlib
import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from migrate_cli.report.page.html import page_html
from migrate_cli.report.page.model import (
    Bar,
    Bars,
    Bullets,
    Cell,
    Line,
    Page,
    Paragraph,
    Section,
    Source,
    Sources,
)
from tests.report.page.samples import CHART, EVIL, SAMPLE, WHOLE, money, page, row, table
from tests.report.samples import KEY

VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})
Tag = tuple[str, dict[str, str | None]]


class Reader(HTMLParser):
    """Collects tags and text, and what is left open."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open += [tag] if tag not in VOID and not tag.startswith(("rect", "line")) else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(made: Page) -> Reader:
    """The document, parsed."""
    reader = Reader()
    reader.feed(page_html(made))
    reader.close()
    return reader


def tags(name: str, made: Page) -> list[dict[str, str | None]]:
    """The attributes of every tag of this name."""
    return [attributes for tag, attributes in read(made).tags if tag == name]


EVERYWHERE = (
    page(Paragraph(Line(EVIL))),
    page(Bullets((Line(EVIL, sources=(Source(EVIL, EVIL),)),), EVIL), Sources()),
    page(
        table(row(EVIL, Cell(EVIL, EVIL, EVIL), money("1", note=EVIL, second=EVIL), Cell(EVIL)), title=EVIL)
    ),
    page(heading=EVIL, parts=(Section(EVIL, "a"), Section(EVIL, "b"))),
    Page(EVIL, EVIL, Line(EVIL), ()),
)


@pytest.mark.parametrize("made", [WHOLE, page(SAMPLE, CHART), *EVERYWHERE])
def test_every_tag_is_closed(made: Page) -> None:
    assert read(made).open == []


@pytest.mark.parametrize("made", EVERYWHERE)
def test_names_are_never_markup(made: Page) -> None:
    assert len(tags("script", made)) == 1
    assert tags("b", made) == []
    assert "alert('x')</script>" in "".join(read(made).text)


def test_a_name_cannot_end_an_attribute() -> None:
    evil = Source('"><img src=x onerror=alert(1)>')
    made = page(table(row("glm", Cell("x"), money("1", sources=(evil,)), Cell("–"))))
    assert tags("img", made) == []
    assert '"><img src=x onerror=alert(1)>' in (tags("a", made)[-1]["data-source"] or "")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_only_web_addresses_become_links(address: str) -> None:
    assert [link["href"] for link in tags("a", page(Paragraph(Line(address))))] == ["#part"]


def test_nothing_is_fetched() -> None:
    for name in ("link", "img", "iframe", "object", "source", "base", "form"):
        assert tags(name, WHOLE) == []
    assert [script.get("src") for script in tags("script", WHOLE)] == [None]
    assert "url(" not in page_html(WHOLE)
    assert "@import" not in page_html(WHOLE)


def test_nothing_runs_or_is_styled_inline() -> None:
    names = {name for _, attributes in read(WHOLE).tags for name in attributes}
    assert [name for name in names if name.startswith("on") or name == "style"] == []


def test_the_policy_allows_only_the_page_s_own_style_and_script() -> None:
    text = page_html(WHOLE)
    policy = next(meta["content"] for meta in tags("meta", WHOLE) if meta.get("http-equiv")) or ""
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        inner = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert inner is not None
        digest = base64.b64encode(hashlib.sha256(inner[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_every_figure_with_a_source_links_to_it() -> None:
    links = [link for link in tags("a", WHOLE) if link.get("class") == "src"]
    listed = {item.get("id") for item in tags("li", WHOLE)}
    assert len(links) == 4
    assert {(link["href"] or "").lstrip("#") for link in links} <= listed
    assert (
        links[-1]["data-source"]
        == "[1] a newspaper (undated); [2] https://prices.example/list (read 2026-09) (2026-10-27)"
    )
    assert links[-1]["aria-describedby"] == "s1 s2"


def test_a_figure_without_a_source_is_no_link() -> None:
    assert [
        link
        for link in tags("a", page(table(row("glm", Cell("x"), money("1"), Cell("–")))))
        if "class" in link
    ] == []


def test_headings_and_rows_have_their_scope() -> None:
    scopes = [cell["scope"] for cell in tags("th", page(SAMPLE))]
    assert scopes == ["col"] * 4 + ["row"] * 4


def test_sections_are_landmarks_named_by_their_headings() -> None:
    names = {section["aria-labelledby"] for section in tags("section", WHOLE)}
    ids = {attributes.get("id") for tag, attributes in read(WHOLE).tags if tag in ("h2", "h3")}
    assert names == ids
    assert [tag for tag, _ in read(WHOLE).tags if tag in ("header", "nav", "main")] == [
        "header",
        "nav",
        "main",
    ]


def test_ids_are_unique() -> None:
    ids = [attributes["id"] for _, attributes in read(WHOLE).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_values_to_sort_by_are_plain_numbers() -> None:
    assert [cell.get("data-value") for cell in tags("td", page(SAMPLE)) if cell["data-column"] == "mid"] == [
        "3991.74",
        "194",
        "260",
        None,
    ]


def test_a_pinned_row_stands_in_a_body_of_its_own() -> None:
    assert [body.get("class") for body in tags("tbody", page(SAMPLE))] == ["pinned", None]


def test_a_table_without_pinned_rows_has_one_body() -> None:
    assert [
        body.get("class") for body in tags("tbody", page(table(row("a", Cell("b"), money("1"), Cell("–")))))
    ] == [None]


def test_bars_are_drawn_and_written_out() -> None:
    made = page(CHART)
    assert [(r["class"], r.get("x"), r["width"]) for r in tags("rect", made)][:3] == [
        ("sure", None, "1000.0"),
        ("sure", None, "100.0"),
        ("beyond", "100.0", "400.0"),
    ]
    assert "$60.00 to 300.00" in read(made).text
    assert {drawing["aria-hidden"] for drawing in tags("svg", made)} == {"true"}


def test_a_partial_bar_is_drawn_apart() -> None:
    bar = Bar("kimi", Decimal(5), Decimal(5), "at least 5", partial=True)
    assert [r["class"] for r in tags("rect", page(Bars("t", "u", (bar,), missing="at least")))] == [
        "partial",
        "sure",  # the legend's
        "partial",
    ]


def test_what_is_not_known_has_no_bar() -> None:
    text = page_html(page(CHART))
    unknown = text[text.index('"label">local') :].partition("</li>")[0]
    assert "<rect" not in unknown
    assert "not priced" in unknown


def test_dark_colours_are_for_screens_only() -> None:
    text = page_html(WHOLE)
    assert text.count("prefers-color-scheme: dark") == 1
    assert "@media screen and (prefers-color-scheme: dark)" in text


def test_a_key_never_reaches_the_document() -> None:
    made = page(
        table(row(KEY, Cell(KEY), money("1", sources=(Source(KEY),)), Cell("–")), title=KEY), heading=KEY
    )
    assert KEY not in page_html(made)


@pytest.mark.parametrize("text", ["\udc80", "\x00", "\u202e"])
def test_odd_characters_can_be_written_as_utf_8(text: str) -> None:
    assert text not in page_html(page(Paragraph(Line(text))))
    page_html(page(Paragraph(Line(text)))).encode()


def test_the_same_page_gives_the_same_bytes() -> None:
    assert page_html(WHOLE) == page_html(WHOLE)
