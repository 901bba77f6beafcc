from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from migrate_cli.report.page.markdown import (
    COMMENT_BYTES,
    MARKER,
    SUMMARY_BYTES,
    markdown,
    pull_request_comment,
    step_summary,
)
from migrate_cli.report.page.model import Bullets, Cell, Line, Page, Paragraph, Section, Sources
from tests.report.page.samples import CHART, EVIL, LIST, SAMPLE, WHOLE, money, page, row, table

LONG = "word " * 2_000


def rendered(made: Page) -> str:
    """The page as a Markdown parser understands it, raw HTML included."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown(made))


def chapters(*texts: str, parts: int = 0) -> Page:
    """A page with a section for each text, the second of them with some parts, and the sources last."""
    many = tuple(Section(f"Part {n}", f"p{n}", (Paragraph(Line(LONG)),)) for n in range(parts))
    sections = [
        Section(f"Section {n}", f"s{n}", (Paragraph(Line(text, sources=(LIST,))),), many if n == 1 else ())
        for n, text in enumerate(texts)
    ]
    return Page("Title", "", Line(""), (*sections, Section("Sources", "sources", (Sources(),))))


def test_a_table_has_its_alignment_and_its_sources() -> None:
    text = markdown(page(SAMPLE, Sources()))
    assert (
        "| provider | price | mid | against staying | source |\n| --- | --- | ---: | ---: | ---: |\n" in text
    )
    assert "| glm | ¥0.8 / 2.8 | ¥194.00<br>\\$29.16 | 13%\u00a0dearer | \\[1\\] |" in text


def test_amounts_cannot_wrap() -> None:
    assert "¥260.00\u00a0to\u00a0520.00" in markdown(page(SAMPLE))


def test_the_sources_are_a_numbered_list_of_links() -> None:
    assert "1. <https://prices.example/list> (read 2026-09) (2026-10-27)" in markdown(page(SAMPLE, Sources()))


def test_a_note_of_a_number_stands_below_the_table() -> None:
    assert "\n\n- mid, at peak: deepseek" in markdown(page(SAMPLE))


def test_a_chart_stands_in_a_fence() -> None:
    assert "```text\nOpenAI today  ████" in markdown(page(CHART))


def test_backticks_cannot_end_the_fence() -> None:
    bar = CHART.bars[0]
    evil = type(bar)("```", bar.low, bar.high, "`")
    assert markdown(page(type(CHART)("t", "u", (evil,)))).count("```") == 2


@pytest.mark.parametrize(
    "made",
    [
        page(Paragraph(Line(EVIL))),
        page(Bullets((Line(EVIL),), EVIL)),
        page(table(row(EVIL, Cell(EVIL, EVIL, EVIL), money("1"), Cell(EVIL)), title=EVIL)),
        page(heading=EVIL),
        Page(EVIL, EVIL, Line(EVIL), ()),
    ],
)
def test_names_are_never_markup(made: Page) -> None:
    html = rendered(made)
    assert "<script" not in html
    assert "<code>" not in html
    assert "<em>" not in html
    assert "<a " not in html


def test_nobody_is_mentioned_and_no_issue_is_linked() -> None:
    text = markdown(page(Paragraph(Line("@team and #12"))))
    assert "@team" not in text
    assert "#12" not in text


def test_a_pipe_does_not_make_a_column() -> None:
    html = rendered(page(table(row("a|b", Cell("c | d"), money("1"), Cell("–")))))
    assert html.count("<td") == 4


@pytest.mark.parametrize("text", ["- x", "+ x", "1. x", "12) x", "= x", "# x", "> x"])
def test_a_sentence_cannot_start_a_list_or_a_heading(text: str) -> None:
    html = rendered(page(Paragraph(Line(text))))
    assert html.count("<p>") == 1
    assert "<li>" not in html
    assert "<blockquote>" not in html


def test_ordinary_words_are_left_alone() -> None:
    assert "Costs (a month): 13% dearer; 1,200 tokens, ¥0.8 / 2.8." in markdown(
        page(Paragraph(Line("Costs (a month): 13% dearer; 1,200 tokens, ¥0.8 / 2.8.")))
    )


def test_only_the_comment_is_marked() -> None:
    assert pull_request_comment(WHOLE).startswith(f"{MARKER}\n")
    assert MARKER not in markdown(WHOLE)
    assert MARKER not in step_summary(WHOLE)


def test_a_short_page_is_whole_in_every_form() -> None:
    assert pull_request_comment(WHOLE).removeprefix(f"{MARKER}\n\n") == step_summary(WHOLE) == markdown(WHOLE)


@pytest.mark.parametrize(("parts", "limit"), [(20, COMMENT_BYTES), (200, SUMMARY_BYTES)])
def test_a_long_page_is_cut_at_a_section_and_says_so(parts: int, limit: int) -> None:
    write = {COMMENT_BYTES: pull_request_comment, SUMMARY_BYTES: step_summary}[limit]
    text = write(chapters("first", "second", parts=parts))
    assert len(text.encode()) <= limit
    assert f"_Left out to stay within {limit // 1024} KiB: Part " in text
    assert text.count(LONG.strip()) == text.count("### Part ")


def test_parts_go_before_sections_and_sources_stay() -> None:
    text = pull_request_comment(chapters("first", "second", "third", parts=20))
    assert "## Section 2" in text
    assert "1. <https://prices.example/list>" in text


def test_a_section_too_long_takes_its_parts_with_it() -> None:
    text = pull_request_comment(chapters("first", LONG * 10, "third", parts=1))
    assert "### Part 0" not in text
    assert "## Section 2" in text
    assert "KiB: Section 1, Part 0. The HTML report has everything._" in text


def test_a_name_cannot_break_the_sentence_about_what_is_left_out() -> None:
    made = Page("t", "", Line(""), (Section("_<b>@x|" * 30, "s", (Paragraph(Line(LONG * 10)),)),))
    assert pull_request_comment(made).splitlines()[-1].count("_") == 2
    assert "<b>" not in pull_request_comment(made)


def test_the_same_page_gives_the_same_text() -> None:
    assert pull_request_comment(WHOLE) == pull_request_comment(WHOLE)
