from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate_cli.files.notebook import Notebook, close_notebook, open_notebook
from migrate_cli.files.text import Unreadable


def _cell(code: str, kind: str = "code", *, whole: bool = False) -> dict[str, Any]:
    source: Any = code if whole else code.splitlines(True)
    return {"cell_type": kind, "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def _nb(*codes: str, **metadata: Any) -> bytes:
    return _dump({"cells": [_cell(code) for code in codes], "metadata": metadata, "nbformat": 4})


def _dump(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def _codes(data: bytes) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(data)["cells"]]


def _edit(data: bytes, old: str, new: str) -> bytes:
    notebook = open_notebook(data)
    assert old in notebook.source
    return close_notebook(notebook, notebook.source.replace(old, new))


def _names(notebook: Notebook) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(notebook.source)) if isinstance(node, ast.Name)}


def test_all_code_cells_are_one_text() -> None:
    data = _dump({"cells": [_cell("# Title", "markdown"), _cell("import openai"), _cell("c = f()\nc.g()")]})
    notebook = open_notebook(data)
    assert notebook.source == "# ---- cell 2\nimport openai\n# ---- cell 3\nc = f()\nc.g()\n"
    assert [notebook.cell_of(line) for line in (2, 4, 5)] == [(2, 1), (3, 1), (3, 2)]


def test_a_marker_counts_as_the_first_line_of_its_cell() -> None:
    assert open_notebook(_nb("a", "b")).cell_of(3) == (2, 1)


@pytest.mark.parametrize("indent", [None, 1, 2, "\t"])
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_only_the_changed_lines_differ(indent: Any, whole: bool, plain: bool, end: str) -> None:
    cells = [_cell(code, whole=whole) for code in ("a = 1\nm = 'OLD'\n# 中文", "b = 'é'", "")]
    value = {"metadata": {"x": [1.0, 1e3]}, "cells": cells, "nbformat": 4}
    text = json.dumps(value, indent=indent, ensure_ascii=plain) + end
    assert _edit(text.encode(), "OLD", "new") == text.replace("OLD", "new").encode()


def test_windows_newlines_and_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbf" + _nb("x = 'OLD'\ny = 2").replace(b"\n", b"\r\n")
    assert _edit(data, "OLD", "new") == data.replace(b"OLD", b"new")


def test_unusual_spelling_of_other_lines_stays() -> None:
    line = b'["\\u0061 = 1\\n",   "b = \\"\\/\\"\\n" ,"c = \'OLD\'"]'
    data = b'{"cells": [{"source": ' + line + b', "cell_type": "code"}]}'
    assert _edit(data, "OLD", "new") == data.replace(b"OLD", b"new")


def test_unusual_spelling_within_one_string_stays() -> None:
    data = b'{"cells":[{"cell_type":"code","source":"\\u0061 = \\"\\/\\\\n\\"\\nb = \'OLD\'\\nc"}]}'
    assert _edit(data, "OLD", "new") == data.replace(b"OLD", b"new")


def test_new_lines_are_listed_like_the_others() -> None:
    data = _nb("import os\nx = 1")
    assert _edit(data, "x = 1", "import json\nx = '中'") == _nb("import os\nimport json\nx = '中'")


def test_escaped_notebooks_stay_ascii() -> None:
    data = json.dumps({"cells": [_cell("# é\nx = 1")]}).encode()
    assert _edit(data, "x = 1", "x = '中'").isascii()


@pytest.mark.parametrize("codes", [(), ("",), ("x = 1", "%magic\n!ls\n", "%%bash\nls"), ("x = (",)])
def test_the_same_text_gives_the_same_bytes(codes: tuple[str, ...]) -> None:
    data = _nb(*codes)
    notebook = open_notebook(data)
    assert close_notebook(notebook, notebook.source) is data


MAGICAL = """%matplotlib inline
%load_ext autoreload
!pip install openai \\
    tiktoken
!!ls
?print
print?
obj.attr??
files = !ls *.py
a, b = %sql select 1
%time x = f(1)
%timeit -n 10 f(2)
,g a b
for i in range(3):
    !echo {i}
    %memit f(i)
if x:
    y = !pwd
text = ('%s'
        % x)
s = '''
%not magic
!not shell
what?
'''
z = [1
, 2]
w = x \\
% 2
last = 1;"""


def test_magics_become_comments_and_come_back() -> None:
    notebook = open_notebook(_nb(MAGICAL))
    assert notebook.broken == ()
    assert len(ast.parse(notebook.source).body) == 10
    assert _codes(_edit(notebook.data, "last = 1", "last = 2")) == [MAGICAL.replace("last = 1", "last = 2")]


def test_magics_keep_every_line_in_its_place() -> None:
    notebook = open_notebook(_nb("first = 1", MAGICAL))
    line = next(
        n.lineno for n in ast.walk(ast.parse(notebook.source)) if isinstance(n, ast.Name) and n.id == "last"
    )
    assert notebook.cell_of(line) == (2, MAGICAL.count("\n") + 1)


def test_code_after_time_is_code() -> None:
    data = _nb("%time r = c.create(model='OLD')")
    assert "r" in _names(open_notebook(data))
    assert _codes(_edit(data, "OLD", "new")) == ["%time r = c.create(model='new')"]


def test_code_after_time_has_to_stay_on_its_line() -> None:
    with pytest.raises(Unreadable, match="cell 1: the code after %time has to stay on its line"):
        _edit(_nb("%time r = c.create(model='OLD')"), "model=", "\n    model=")


def test_python_that_looks_like_magic_is_left_alone() -> None:
    code = "x = (1\n%2)\nassert x != 1\nx %= 3\ny = '''\n%%bash\n!ls\n'''\nd = {'a?':\n'b?'}\n# why?\n"
    assert open_notebook(_nb(code)).source == f"# ---- cell 1\n{code}\n"


@pytest.mark.parametrize(
    "magic", ["bash", "html", "writefile a.py", "javascript", "sql", "python3", "unknown"]
)
def test_cells_of_another_language_show_nothing(magic: str) -> None:
    notebook = open_notebook(_nb(f"\n%%{magic}\nimport openai", "x = 1"))
    assert "openai" not in notebook.source
    assert notebook.broken == ()
    assert notebook.cell_of(len(notebook.source.splitlines())) == (2, 1)


@pytest.mark.parametrize("magic", ["time", "timeit", "capture out", "prun -l 3"])
def test_cells_that_are_timed_or_captured_keep_their_code(magic: str) -> None:
    data = _nb(f"%%{magic}\nx = 'OLD'")
    assert _codes(_edit(data, "OLD", "new")) == [f"%%{magic}\nx = 'new'"]


def test_a_timed_shell_cell_is_still_shell() -> None:
    assert "ls" not in open_notebook(_nb("%%time\n%%bash\nls")).source


def test_a_cell_that_does_not_parse_does_not_hide_the_others() -> None:
    notebook = open_notebook(_nb("print 'python 2'", "x = '''open", "y = 1 \\", "z = 'OLD'"))
    assert notebook.broken == (1, 2, 3)
    assert _names(notebook) == {"z"}
    changed = close_notebook(notebook, notebook.source.replace("OLD", "new"))
    assert changed == notebook.data.replace(b"OLD", b"new")


def test_top_level_await_and_display_semicolons_are_python() -> None:
    assert open_notebook(_nb("r = await f()", "x;")).broken == ()


def test_a_late_future_import_does_not_break_the_text() -> None:
    data = _nb("import os", "from __future__ import annotations\nx = 'OLD'")
    notebook = open_notebook(data)
    compile(notebook.source, "n", "exec")
    assert _codes(_edit(data, "OLD", "new")) == ["import os", "from __future__ import annotations\nx = 'new'"]


def test_an_import_above_everything_goes_into_the_first_python_cell() -> None:
    notebook = open_notebook(_nb("%%bash\nls", "%%time\nx = 1"))
    changed = close_notebook(notebook, "import os\n" + notebook.source)
    assert _codes(changed) == ["%%bash\nls", "%%time\nimport os\nx = 1"]


def test_an_import_in_a_shell_cell_moves_on() -> None:
    notebook = open_notebook(_nb("%%bash\nls", "x = 1"))
    changed = close_notebook(notebook, notebook.source.replace("# ---- cell 2", "import os\n# ---- cell 2"))
    assert _codes(changed) == ["%%bash\nls", "import os\nx = 1"]


def test_an_import_above_a_cell_magic_moves_below_it() -> None:
    assert _codes(_edit(_nb("%%time\nx = 1"), "cell 1\n", "cell 1\nimport os\n")) == [
        "%%time\nimport os\nx = 1"
    ]


def test_an_import_with_nowhere_to_go_is_refused() -> None:
    notebook = open_notebook(_nb("%%bash\nls"))
    with pytest.raises(Unreadable, match="no Python cell is left"):
        close_notebook(notebook, notebook.source + "import os\n")


@pytest.mark.parametrize(
    ("lost", "reason"), [("# ---- cell 2", "a cell marker"), ("# ipython: !ls", "cell 1")]
)
def test_a_lost_line_is_refused(lost: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        _edit(_nb("!ls\nx = 1", "y = 2"), lost, "# gone")


def test_cells_that_contain_our_own_marks() -> None:
    data = _nb("# ---- cell 7\n# ipython: !ls\n!pwd", "x = 'OLD'")
    assert _edit(data, "OLD", "new") == data.replace(b"OLD", b"new")


def test_everything_but_code_is_left_alone() -> None:
    cells = [_cell("openai OLD", "markdown"), _cell("OLD", "raw"), _cell("x = 'OLD'")]
    cells[2]["outputs"] = [{"output_type": "stream", "text": ["OLD\n"]}]
    cells[2]["metadata"] = {"source": "OLD"}
    data = _dump({"cells": cells, "metadata": {"kernelspec": {"language": "python", "name": "OLD"}}})
    assert _edit(data, "OLD", "new") == data.replace(b"x = 'OLD'", b"x = 'new'")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "broken JSON"),
        (b'{"cells": [', "broken JSON"),
        (b'{"cells": []} trailing', "broken JSON"),
        (b'{"cells": [{"cell_type": "code", "source": [1]}]}', "broken JSON"),
        (b'{"cells": [{"cell_type": "code", "source": 1}]}', "broken JSON"),
        (b'{"cells": [null]}', "broken JSON"),
        (b"[]", "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b"{}", "no cells"),
        (b'{"worksheets": [{"metadata": {}}]}', "format 3"),
        (b'{"cells": "\xe9"}', "not valid utf-8"),
        (b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}', "cell 1 holds half a character"),
    ],
)
def test_what_is_no_notebook_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refusal:
        open_notebook(data)
    assert refusal.value.problem


@pytest.mark.parametrize(
    "metadata", [{"kernelspec": {"language": "R"}}, {"language_info": {"name": "julia"}}]
)
def test_another_language_is_no_problem(metadata: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match="another language") as refusal:
        open_notebook(_nb("x <- 1", **metadata))
    assert not refusal.value.problem


LINES = st.sampled_from(
    [
        "x = 1",
        "",
        "%magic",
        "    !ls",
        "if x:",
        "    y = !ls",
        "'''",
        "%%bash",
        "%%time",
        "a?",
        "(",
        ")",
        "# é 中",
        "%time f()",
        "\\",
        "x = \\",
        "from __future__ import annotations",
        "\x0c",
        "y = 'a\u2028b'",
        "\r",
        "{",
        "\x00",
    ]
)
CODES = st.lists(st.lists(LINES, max_size=6).map("\n".join), max_size=4)


@given(CODES, st.sampled_from([None, 1]), st.booleans(), st.booleans())
def test_any_notebook_parses_and_comes_back(
    codes: list[str], indent: int | None, whole: bool, plain: bool
) -> None:
    cells = [_cell(code, whole=whole) for code in [*codes, "mark = 'OLD'"]]
    data = json.dumps({"cells": cells}, indent=indent, ensure_ascii=plain).encode()
    notebook = open_notebook(data)
    ast.parse(notebook.source)
    changed = close_notebook(notebook, notebook.source.replace("OLD", "new"))
    assert changed == data.replace(b"OLD", b"new")


@given(CODES)
def test_every_sound_cell_survives_an_edit_of_its_own(codes: list[str]) -> None:
    notebook = open_notebook(_nb(*codes, "end = 1"))
    edited = close_notebook(notebook, notebook.source + "added = 1\n")
    assert _codes(edited) == [*codes, "end = 1\nadded = 1"]


@given(CODES)
def test_every_line_is_found_in_its_cell(codes: list[str]) -> None:
    notebook = open_notebook(_nb(*codes, "target = 1"))
    line = notebook.source.count("\n", 0, notebook.source.index("target")) + 1
    line += notebook.source.replace("\r\n", "").count("\r")
    assert notebook.cell_of(line) == (len(codes) + 1, 1)
