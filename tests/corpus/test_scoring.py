"""The measure itself: what counts as found, missed and false."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.scoring import Label, Labels, Score, read_known, read_labels, score, table, unsure, written

FILE = """\
files:
  a.py:
    sites:
      - {line: 1, kind: import, symbol: openai}
      - {line: 4, or: [3], kind: environment, symbol: OPENAI_API_KEY}
      - {line: 6, kind: setting, unsure: true, why: only read}
    not:
      - {line: 9, why: "another vendor's client"}
"""


def labelled(*sites: Label, innocent: tuple[int, ...] = ()) -> Labels:
    return Labels(frozenset({"a.py"}), sites, {("a.py", line): "a look-alike" for line in innocent})


def test_labels_are_read(tmp_path: Path) -> None:
    (tmp_path / "pkg-1.0.yaml").write_text(FILE, encoding="utf-8")
    labels = read_labels("pkg-1.0", tmp_path)
    assert labels.sites == (
        Label("a.py", 1, "import"),
        Label("a.py", 4, "environment", (3,)),
        Label("a.py", 6, "setting", (), "only read"),
    )
    assert labels.innocent == {("a.py", 9): "another vendor's client"}


def test_a_package_without_labels_has_none(tmp_path: Path) -> None:
    assert read_labels("pkg-1.0", tmp_path) == Labels(frozenset(), (), {})


def test_known_misses_are_read_by_package(tmp_path: Path) -> None:
    file = tmp_path / "known.yaml"
    file.write_text("pkg-1.0:\n  - {path: a.py, line: 2, kind: call, reason: too far}\n", encoding="utf-8")
    assert read_known("pkg-1.0", file) == {("a.py", 2, "call"): "too far"}
    assert read_known("other-1.0", file) == {}


def test_what_was_reported_at_its_line_is_found() -> None:
    got = score(labelled(Label("a.py", 1, "call")), [("a.py", 1, "call")])
    assert got == Score(found=(("a.py", 1, "call"),))


def test_another_kind_is_one_miss_and_one_false_report() -> None:
    got = score(labelled(Label("a.py", 1, "call")), [("a.py", 1, "client")])
    assert got == Score(missed=(("a.py", 1, "call"),), false=(("a.py", 1, "client"),))


def test_another_line_is_right_where_the_label_allows_it() -> None:
    got = score(labelled(Label("a.py", 4, "environment", (3,))), [("a.py", 3, "environment")])
    assert (len(got.found), got.missed, got.false) == (1, (), ())


def test_two_references_on_a_line_are_two_sites() -> None:
    twice = labelled(Label("a.py", 1, "type"), Label("a.py", 1, "type"))
    got = score(twice, [("a.py", 1, "type")])
    assert (len(got.found), len(got.missed), len(got.false)) == (1, 1, 0)


def test_one_reference_reported_twice_is_false_once() -> None:
    got = score(labelled(Label("a.py", 1, "type")), [("a.py", 1, "type"), ("a.py", 1, "type")])
    assert (len(got.found), len(got.missed), len(got.false)) == (1, 0, 1)


def test_what_is_unsure_counts_neither_way() -> None:
    doubt = labelled(Label("a.py", 1, "setting", (), "only read"))
    assert score(doubt, []) == Score(doubts=(("only read", False),))
    assert score(doubt, [("a.py", 1, "setting")]) == Score(doubts=(("only read", True),))


def test_what_is_unsure_may_be_reported_as_another_kind_but_once() -> None:
    open_question = labelled(Label("a.py", 1, "setting", (), "only read"))
    got = score(open_question, [("a.py", 1, "type"), ("a.py", 1, "type")])
    assert (got.doubts, got.false) == ((("only read", True),), (("a.py", 1, "type"),))


def test_a_sure_label_is_served_before_an_unsure_one() -> None:
    both = labelled(Label("a.py", 1, "setting", (), "only read"), Label("a.py", 1, "client"))
    got = score(both, [("a.py", 1, "client")])
    assert (len(got.found), got.doubts) == (1, (("only read", False),))


def test_open_questions_are_counted_by_reason() -> None:
    total = Score(doubts=(("only read", True), ("no class", False), ("only read", False)))
    assert unsure(total) == ["2 (1 reported): only read", "1 (0 reported): no class"]


def test_a_report_on_an_innocent_line_is_named() -> None:
    got = score(labelled(innocent=(9,)), [("a.py", 9, "client")])
    assert got.soiled == got.false == (("a.py", 9, "client"),)


def test_files_without_labels_do_not_count() -> None:
    assert score(labelled(), [("b.py", 1, "call")]) == Score()


def test_shares() -> None:
    place = ("a.py", 1, "call")
    total = Score(found=(place,) * 3, missed=(place,), false=(place, place, place))
    assert (total.recall, total.precision) == (0.75, 0.5)
    assert (Score().recall, Score().precision) == (1.0, 1.0)


def test_the_table_has_a_row_per_kind_and_one_for_all() -> None:
    total = Score(found=(("a.py", 1, "call"),), missed=(("a.py", 2, "type"),))
    assert table(total) == [
        ("call", 1, 1, 0, 0, "100.0%", "100.0%"),
        ("type", 1, 0, 1, 0, "0.0%", "100.0%"),
        ("all", 2, 1, 1, 0, "50.0%", "100.0%"),
    ]


def test_places_are_written_for_people() -> None:
    assert written([("a/b.py", 3, "call")]) == ["a/b.py:3 call"]
