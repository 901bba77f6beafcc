"""Files that cannot be understood are refused by name; rows that cannot are left out and said."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate_cli.costs.usage.formats import FORMATS, describe
from migrate_cli.costs.usage.read import read_usage
from migrate_cli.model import UserError
from tests.costs.usage.reading import CASES, counts, left, text

CALL = '{"id": "chatcmpl-%d-fixture", "model": "gpt-4o", "prompt_tokens": 10, "completion_tokens": 1}\n'


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(UserError) as refused:
        list(read_usage([path], **options))  # type: ignore[arg-type]
    return str(refused.value).removeprefix(f"{path}")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", " is empty"),
        (" \n\t\n", " is empty"),
        ("[]", " holds no records"),
        ("{ no json", ", line 1: not valid JSON"),
        ("{", ", line 1: not valid JSON, it breaks off"),
        (
            "# Notes\n\nSome text.\n",
            " is in no usage format that is known; columns found: 1 more; name its format",
        ),
        (
            '{"level": "info", "ada@example.com": 1}',
            " is in no usage format that is known; members found: level, 1 m",
        ),
        (
            "name,age\nada,36\n",
            " is in no usage format that is known; columns found: name, age; name its format",
        ),
        ('[1, 2, "gpt-4o"]', " is in no usage format that is known; members found: none"),
    ],
)
def test_what_is_no_usage_is_refused_with_what_was_found(content: str, words: str, tmp_path: Path) -> None:
    assert refusal(text(tmp_path, content)).startswith(words)


def test_a_wrong_format_is_refused_rather_than_guessed_around() -> None:
    assert refusal(CASES / "otel.jsonl", format="langsmith").startswith(" is not langsmith; members found: ")
    assert refusal(CASES / "helicone.csv", format="langsmith").startswith(
        ": read as langsmith, it lacks the column"
    )
    assert refusal(CASES / "helicone.csv", format="requests").startswith(" is not requests; columns found: ")


def test_a_right_format_overrides_nothing() -> None:
    for each in ("langfuse", "helicone", "langsmith"):
        path = CASES / f"{each}.jsonl"
        assert list(read_usage([path], format=each)) == list(read_usage([path]))


def test_a_format_that_does_not_exist_is_refused_at_once() -> None:
    with pytest.raises(UserError, match="no usage format is called langsmiht; did you mean langsmith"):
        read_usage([], format="langsmiht")
    with pytest.raises(UserError, match="there are: deepseek, helicone, "):
        read_usage([], format="excel")


def test_every_format_is_described_once() -> None:
    assert [name for name, _ in describe()] == sorted({each.name for each in FORMATS})
    assert all(about and "\n" not in about for _, about in describe())


def test_a_last_line_that_was_cut_off_is_one_warning(tmp_path: Path) -> None:
    entries = list(read_usage([text(tmp_path, CALL % 1 + CALL % 2 + (CALL % 3)[:40])]))
    assert len(counts(entries)) == 2
    assert left(entries) == {"the file breaks off in its last JSON record (line 3)": (1, 0)}


def test_broken_lines_are_counted_with_the_first(tmp_path: Path) -> None:
    entries = list(read_usage([text(tmp_path, CALL % 1 + "oops\n" + CALL % 2 + "oops\n" + CALL % 3)]))
    assert len(counts(entries)) == 3
    assert left(entries) == {"no valid JSON record (first: line 2)": (2, 0)}


def test_a_document_that_goes_wrong_in_its_middle_is_refused(tmp_path: Path) -> None:
    content = "[" + CALL % 1 + ',{"model" "gpt-4o"},' + CALL % 2 + "]"
    assert ", line 2: not valid JSON, and what follows cannot be read" in refusal(text(tmp_path, content))


def test_a_count_that_is_none_is_left_out_and_said(tmp_path: Path) -> None:
    wrong = CALL % 2
    lines = [CALL % 1, wrong.replace("10", "-10"), wrong.replace("10", '"many"'), wrong.replace("10", "1e99")]
    entries = list(read_usage([text(tmp_path, "".join(lines))]))
    assert counts(entries) == [("gpt-4o", 1, 10, 0, 1)]
    assert left(entries) == {
        "cannot be read: a count is not a number (line 3)": (1, 0),
        "cannot be read: a count is not a whole number of 0 or more (first: line 2)": (2, 0),
    }


def test_a_file_of_which_no_row_can_be_read_is_refused(tmp_path: Path) -> None:
    wrong = '{"model": "gpt-4o", "usage": {"prompt_tokens": 1.5, "completion_tokens": 1}}'
    assert refusal(text(tmp_path, wrong)) == (
        ", line 1: read as requests, a count is not a whole number of 0 or more"
    )


APART = (
    '{"id": "chatcmpl-fixture", "model": "gpt-4o", "usage": {"prompt_tokens": %d, "completion_tokens": 1, '
    + ('"prompt_tokens_details": {"cached_tokens": 400}}}\n')
)


def test_more_cached_than_input_stops_and_asks(tmp_path: Path) -> None:
    assert ", line 1: more cached than input tokens; " in refusal(text(tmp_path, APART % 100))
    assert "--cached-excluded" in refusal(text(tmp_path, APART % 100))


def test_a_refused_file_is_closed_while_its_error_is_still_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[IO[bytes]] = []
    really = Path.open

    def noted(path: Path, mode: str) -> IO[bytes]:
        opened.append(really(path, mode))
        return opened[-1]

    path = text(tmp_path, APART % 100)
    monkeypatch.setattr(Path, "open", noted)
    with pytest.raises(UserError) as held:
        list(read_usage([path]))
    assert [file.closed for file in opened] == [True], held


@pytest.mark.parametrize(("written", "whole"), [(100, 500), (800, 1200)])
def test_cached_tokens_are_added_where_the_user_says_so(written: int, whole: int, tmp_path: Path) -> None:
    path = text(tmp_path, APART % written)
    assert counts(read_usage([path], cached_excluded=True)) == [("gpt-4o", 1, whole, 400, 1)]


def test_cached_tokens_are_never_added_on_top_otherwise(tmp_path: Path) -> None:
    assert counts(read_usage([text(tmp_path, APART % 800)])) == [("gpt-4o", 1, 800, 400, 1)]


def test_openais_own_input_is_whole_whatever_is_said_of_others() -> None:
    path = CASES / "openai-usage-completions.json"
    assert list(read_usage([path], cached_excluded=True)) == list(read_usage([path]))


def test_all_files_are_read_in_their_order_and_twice_the_same() -> None:
    paths = [CASES / "otel.jsonl", CASES / "openai-costs.json", CASES / "langfuse.csv"]
    entries = list(read_usage(paths))
    assert list(dict.fromkeys(entry.source.rpartition("/")[2] for entry in entries)) == [
        "otel.jsonl (OpenTelemetry)",
        "openai-costs.json (OpenAI costs)",
        "langfuse.csv (Langfuse)",
    ]
    assert entries == list(read_usage(paths))


def test_a_file_read_before_is_no_error_although_nothing_in_it_counts(tmp_path: Path) -> None:
    path = CASES / "openai-usage-completions.json"
    again = text(tmp_path, path.read_text(encoding="utf-8"), "again.json")
    assert left(read_usage([path, again])) == {
        "not attributed: no model is named": (1, 990),
        "repeated: the same row stands in another file": (3, 161_000),
    }


def test_gzip_and_the_plain_file_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "otel.jsonl.gz"
    path.write_bytes(gzip.compress((CASES / "otel.jsonl").read_bytes()))
    assert counts(read_usage([path])) == counts(read_usage([CASES / "otel.jsonl"]))


@settings(max_examples=60, deadline=None)
@given(
    path=st.sampled_from(sorted(CASES.iterdir())),
    place=st.floats(0, 1),
    wrong=st.binary(max_size=3),
    cut=st.booleans(),
    excluded=st.booleans(),
)
def test_a_damaged_file_is_read_or_refused_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory,
    path: Path,
    place: float,
    wrong: bytes,
    cut: bool,
    excluded: bool,
) -> None:
    data = path.read_bytes()
    at = int(len(data) * place)
    damaged = tmp_path_factory.mktemp("damaged") / path.name
    damaged.write_bytes(data[:at] + wrong + (b"" if cut else data[at + len(wrong) :]))
    try:
        entries = list(read_usage([damaged], cached_excluded=excluded))
    except UserError as error:
        entries = [str(error)]
    assert entries
