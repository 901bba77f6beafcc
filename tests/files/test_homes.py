"""Where a generated module has to lie so that the file that needs it can import it."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli.files.homes import home_beside
from tests.programs import write

CASES = {
    "a script": ({"run.py": ""}, "run.py", "guard.py", "guard"),
    "a script in a folder": ({"tools/run.py": "import os\n"}, "tools/run.py", "tools/guard.py", "guard"),
    "a package": ({"pkg/__init__.py": "", "pkg/a.py": ""}, "pkg/a.py", "pkg/guard.py", "pkg.guard"),
    "a package in a package": (
        {"pkg/__init__.py": "", "pkg/sub/__init__.py": "", "pkg/sub/a.py": "from . import b\n"},
        "pkg/sub/a.py", "pkg/guard.py", "pkg.guard",
    ),
    "a package below src": (
        {"src/pkg/__init__.py": "", "src/pkg/a.py": ""}, "src/pkg/a.py", "src/pkg/guard.py", "pkg.guard",
    ),
    "a package whose files import each other bare": (
        {"app/__init__.py": "", "app/a.py": "from config import x\n", "app/config.py": ""},
        "app/a.py", "app/guard.py", "guard",
    ),
    "a folder that others import from": (
        {"main.py": "from services.llm import ask\n", "services/llm.py": "import os\n"},
        "services/llm.py", "services/guard.py", "services.guard",
    ),
    "a folder whose own files say how": (
        {"app/core/llm.py": "from app.core.config import x\n", "app/core/config.py": ""},
        "app/core/llm.py", "app/core/guard.py", "app.core.guard",
    ),
    "a folder with relative imports": (
        {"app/llm.py": "from .config import x\n", "app/config.py": ""}, "app/llm.py", "app/guard.py", "app.guard",
    ),
    "a file called as what it imports": (
        {"pkg/__init__.py": "", "pkg/openai.py": "from openai import OpenAI\n"},
        "pkg/openai.py", "pkg/guard.py", "pkg.guard",
    ),
    "a neighbour called as a package": (
        {"pkg/__init__.py": "", "pkg/a.py": "import openai\nimport typing\n", "pkg/openai.py": "", "pkg/typing.py": ""},
        "pkg/a.py", "pkg/guard.py", "pkg.guard",
    ),
    "a folder without its own mark in a package": (
        {"pkg/__init__.py": "", "pkg/llm/openai/a.py": "from pkg.llm import x\nimport openai\n"},
        "pkg/llm/openai/a.py", "pkg/guard.py", "pkg.guard",
    ),
    "a script below a package": (
        {"pkg/__init__.py": "", "pkg/tools/run.py": "import json\n"},
        "pkg/tools/run.py", "pkg/tools/guard.py", "guard",
    ),
    "a folder with dashes": ({"my-app/run.py": ""}, "my-app/run.py", "my-app/guard.py", "guard"),
    "a notebook": ({"notes/a.ipynb": "{}"}, "notes/a.ipynb", "notes/guard.py", "guard"),
}  # fmt: skip


@pytest.mark.parametrize(("files", "importer", "path", "module"), CASES.values(), ids=CASES)
def test_home(tmp_path: Path, files: dict[str, str], importer: str, path: str, module: str) -> None:
    write(tmp_path, files)
    home = home_beside(tmp_path, importer, "guard")
    assert (home.path, home.module, home.present) == (path, module, None)


def test_what_is_there_already_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"run.py": "", "guard.py": "x = 1\n"})
    assert home_beside(tmp_path, "run.py", "guard").present == "x = 1\n"
