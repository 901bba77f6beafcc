from __future__ import annotations

import pytest

from migrate_cli.costs.retired import RetiredModel
from migrate_cli.model import Certainty, Origin, Scan, Site, SiteKind
from migrate_cli.report.scan_text import render_scan
from tests.report import samples
from tests.report.pages import drawn

LONG = "src/" + "deeply/nested/" * 12 + "app.py"
OTHER = "qianfan.baidubce.com"


def page_of(scan: Scan, *retired: RetiredModel, **options: bool) -> str:
    return drawn(lambda c: render_scan(scan, c, matrix=samples.ROWS, retired=retired, **options))


def page_with(*sites: Site, **options: bool) -> str:
    return page_of(samples.scan(*sites), **options)


def retired(model: str = "gpt-4-0314", replacement: str | None = "gpt-5") -> RetiredModel:
    words = "no longer answers since 2026-03-26"
    sites = (samples.site(3),)
    return RetiredModel(model, model, "gone", words, "2026-03-26", None, None, replacement, None, sites)


def test_the_sum_comes_first() -> None:
    page = page_with(samples.client(2), samples.site(3))
    assert page.startswith("2 OpenAI sites in 1 of 12 files under /project.\n")
    assert "at work    1 client, 1 call\n" in page


def test_a_long_sum_is_broken_between_words() -> None:
    sites = (samples.site(line, kind=kind) for line, kind in enumerate(SiteKind, 1))
    long = next(line for line in page_with(*sites).splitlines() if line.startswith("at work"))
    assert len(long) <= 110
    assert long.endswith(("variable,", "address,", "name,", "key,"))


def test_each_place_stands_below_its_file() -> None:
    assert "\napp.py\n  2:5       client      openai.OpenAI\n" in page_with(samples.client(2))


def test_a_line_is_never_broken() -> None:
    site = samples.modelled(samples.value(literal="m" * 300), path=LONG)
    page = page_with(site)
    assert f"\n{LONG}\n" in page
    assert "m" * 300 in page


def test_what_is_known_goes_below_for_want_of_room() -> None:
    page = page_with(samples.modelled(samples.value(literal="m" * 300)))
    assert f"chat.completions.create\n{' ' * 24}{'m' * 300}\n" in page


def test_endpoints_are_counted_by_the_way_they_are_reached() -> None:
    page = page_with(
        samples.site(3),
        samples.site(4, legacy=True),
        samples.site(5, kind=SiteKind.FRAMEWORK, framework="langchain_openai", symbol="ChatOpenAI"),
    )
    assert (
        "Endpoint          calls  framework  openai<1.0  files\nchat.completions      2          1           1      1"
        in page
    )
    assert "langchain_openai           1      1" in page


def test_a_column_without_anything_is_left_out() -> None:
    assert "HTTP" not in page_with(samples.site(3))


def test_many_files_are_cut_unless_all_are_wanted() -> None:
    sites = [samples.site(3, path=f"f{number:02}.py") for number in range(25)]
    assert "… and 5 more with --verbose" in page_with(*sites)
    assert "more with --verbose" not in page_with(*sites, verbose=True)


def test_what_stays_is_counted_and_listed_only_when_asked() -> None:
    site = samples.site(1, kind=SiteKind.TYPE, symbol="openai.OpenAI", endpoint=None)
    assert "stays      1 type (--verbose lists them)" in page_with(site)
    assert "  1:5 " not in page_with(site)
    assert "  1:5       type        openai.OpenAI" in page_with(site, verbose=True)


def test_files_around_the_code_stand_apart() -> None:
    site = samples.site(4, path=".env", kind=SiteKind.ENVIRONMENT, symbol="OPENAI_API_KEY")
    page = page_with(samples.site(3), site)
    assert page.index("Sites\napp.py") < page.index("Configuration and dependencies\n.env")


def test_another_provider_is_no_work() -> None:
    page = page_with(samples.site(3), samples.site(4, elsewhere=OTHER))
    assert f"Already elsewhere, not counted as work\n  {OTHER}  1 site in 1 file\n" in page
    assert "at work    1 call\n" in page
    assert "  4:5 " not in page


def test_an_ignored_site_is_counted_and_not_listed() -> None:
    page = page_with(samples.site(3, ignored="kept on purpose"))
    assert "ignored    1 site by a comment (--verbose lists them)" in page
    assert "kept on purpose" not in page


def test_what_is_dynamic_is_told_once_with_its_reason() -> None:
    unknown = samples.value(Origin.DYNAMIC, because="parameter `model` of ask(): no caller in these files")
    page = page_with(samples.modelled(unknown), samples.modelled(unknown, line=8))
    assert "Dynamic: known at run time only\n    2  model: parameter `model` of ask(): no caller" in page
    assert "app.py:3:5 and 1 more place" in page


def test_nothing_dynamic_has_no_heading() -> None:
    assert "Dynamic" not in page_with(samples.modelled(samples.value(literal="gpt-4o")))


def test_a_retired_model_has_its_date_and_its_replacement() -> None:
    page = page_of(samples.scan(samples.site(3)), retired())
    assert "  gpt-4-0314  no longer answers since 2026-03-26; OpenAI names gpt-5; 1 site\n" in page


def test_a_retired_model_is_told_within_a_narrow_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrate_cli.cli.screen.PLAIN_WIDTH", 60)
    page = page_of(samples.scan(samples.site(3)), retired())
    assert (
        "  gpt-4-0314  no longer answers since 2026-03-26; OpenAI\n              names gpt-5; 1 site\n"
        in page
    )


def test_a_replacement_is_not_made_up() -> None:
    assert "OpenAI names no replacement" in page_of(samples.scan(samples.site(3)), retired(replacement=None))


@pytest.mark.parametrize("certainty", [Certainty.LIKELY, Certainty.GUESS])
def test_what_is_not_proved_says_so(certainty: Certainty) -> None:
    assert certainty.value in page_with(samples.site(3, certainty=certainty))


def test_what_is_proved_needs_no_word() -> None:
    assert "proved" not in page_with(samples.site(3))


def test_a_requirement_shows_its_pin() -> None:
    site = samples.site(1, path="r.txt", kind=SiteKind.DEPENDENCY, symbol="openai", code="openai>=1.0")
    assert "dependency  openai  openai>=1.0\n" in page_with(site)


def test_a_requirement_without_a_pin_is_not_said_twice() -> None:
    site = samples.site(1, path="r.txt", kind=SiteKind.DEPENDENCY, symbol="openai", code="openai")
    assert "dependency  openai\n" in page_with(site)


def test_no_site_has_its_own_words() -> None:
    assert page_with() == "No use of the OpenAI API in 12 files under /project.\n"


def test_no_file_has_its_own_words() -> None:
    assert page_of(samples.scan(files=0)) == "No file to read was found under /project.\n"


def test_what_could_not_be_read_is_named_and_the_rest_counted() -> None:
    page = page_of(samples.scan(skips=(samples.UNREADABLE, samples.LARGE)))
    assert "could not read broken.py: not UTF-8\nskipped 1: too large\n" in page
    assert "data.py" not in page


def test_verbose_names_each_skipped_file() -> None:
    assert "skipped data.py: too large" in page_of(samples.scan(skips=(samples.LARGE,)), verbose=True)


def test_evidence_is_shown_when_asked() -> None:
    assert "because parameter `client` gets OpenAI()  [other.py:4:1]" in page_with(
        samples.EVIDENT, evidence=True
    )
    assert "because" not in page_with(samples.EVIDENT)


def test_a_scan_in_a_hook_prints_what_is_in_use_and_nothing_else() -> None:
    page = page_with(
        samples.site(3), samples.site(4, ignored="kept"), samples.site(5, elsewhere=OTHER), quiet=True
    )
    assert page == "app.py:3:5: call chat.completions.create\n"


def test_the_matrix_says_why_a_provider_has_no_plan() -> None:
    page = page_with(samples.site(3))
    assert "no model for gpt-4o" in page
    assert "no assistants" in page


def test_no_key_is_printed() -> None:
    given = samples.argument("api_key", samples.value(literal=samples.KEY), code=f'"{samples.KEY}"')
    page = page_with(samples.client(2, arguments=(given,)), evidence=True, verbose=True)
    assert samples.KEY[8:20] not in page
    assert "api_key sk-…d4" in page


def test_names_of_files_cannot_move_the_cursor() -> None:
    assert "\x1b" not in page_with(samples.site(3, path="a\x1b[2J.py"))
