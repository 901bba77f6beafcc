"""The last look: what must be stopped, and what must not."""

from __future__ import annotations

import pytest

from migrate_cli.rewrite.selfcheck import self_check


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\n", "x = 2\n"),
        ("", "import os\n"),
        ("print(unknown)\n", "print(unknown, 1)\n"),
        ("from a import *\n", "from a import *\nprint(anything)\n"),
        ("def f():\n    return 1\n", "def f():\n    x = 1\n    return lambda: x\n"),
        ("x = 1\n", "class A:\n    x = 1\n    y = x\n"),
        ("x = 1\n", "x = [i for i in range(3) if (j := i)]\nprint(j)\n"),
        ("x = 1\n", "try:\n    pass\nexcept ValueError as e:\n    print(e, __file__)\n"),
        (
            "x = 1\n",
            "x = 1\nmatch x:\n    case [a, *b]:\n        f = a, b\n    case {1: c, **d} as e:\n        f = c, d, e\n",
        ),
        ("x = 1\n", "def f():\n    global g\n    g = 1\nprint(g)\n"),
        ("await x\n", "await x\ny = 1\n"),
        ("x = '\\d'\n", "x = '\\w'\n"),
        ('"""Doc."""\nx = 1\n', '"""Doc."""\nimport os\nx = 1\n'),
        ("__all__ = ['gone']\n", "__all__ = ['gone']\nx = 1\n"),
        ("def f(a: 'B'): ...\n", "def f(a: 'C'): ...\n"),
        ("from __future__ import annotations\n", "from __future__ import annotations\nimport os\n"),
        ("# -*- coding: latin-1 -*-\nx = 'é'\n", "# -*- coding: latin-1 -*-\nx = 'è'\n"),
    ],
)
def test_passes(before: str, after: str) -> None:
    assert self_check(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("x = 1\n", "x = (\n", "does not compile"),
        ("x = 1\n", "return 1\n", "does not compile"),
        ("def f(): pass\n", "def f():\n    yield\n    await g()\n", "does not compile"),
        ("x = 1\n", "await x\n", "does not compile"),
        ("f(a=1)\n", "f(a=1, a=2)\n", "does not compile"),
        ("import os\n", "x = 1\nfrom __future__ import annotations\n", "does not compile"),
        ("x = (\n", "x = 1\n", "did not compile before"),
        ("x = 1\n", "print(os)\n", "undefined names: os"),
        ("import os\nprint(os)\n", "print(os)\n", "undefined names: os"),
        (
            "def f():\n    import os\n    os.a\n",
            "def f():\n    import os\ndef g():\n    os.a\n",
            "undefined names: os",
        ),
        ("x = 1\n", "class A:\n    y = 1\n    def f(self): return y\n", "undefined names: y"),
        (
            "from __future__ import annotations\nfrom a import B\ndef f(b: B): ...\n",
            "from __future__ import annotations\ndef f(b: B): ...\n",
            "undefined names: B",
        ),
        ("from a import B\n__all__ = ['B']\n", "__all__ = ['B']\n", "__all__"),
        ("from __future__ import annotations\nx = 1\n", "x = 1\n", "__future__"),
        ('"""Doc."""\nx = 1\n', 'x = 1\n"""Doc."""\n', "docstring"),
        ('def f():\n    """Doc."""\n', 'def f():\n    x = 1\n    """Doc."""\n', "docstring"),
    ],
)
def test_stops(before: str, after: str, words: str) -> None:
    reason = self_check(before, after)
    assert reason is not None
    assert words in reason
    assert "\n" not in reason


def test_deep_nesting_gives_a_reason_or_passes() -> None:
    deep = "x = " + "-" * 20000 + "1\n"
    reason = self_check("x = 1\n", deep)
    assert reason is None or "\n" not in reason


def test_reason_holds_no_source_text() -> None:
    reason = self_check("x = 1\n", "x = 'sk-secret\n")
    assert reason is not None
    assert "sk-" not in reason
