"""The examples, how each is started, and a notebook as a script."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
_CURRENT = ("1", "2", "3")


@dataclass(frozen=True)
class Program:
    """One example: its main file, the SDK generations it works with, and the requests it makes."""

    name: str
    main: str
    requests: int
    generations: tuple[str, ...] = _CURRENT
    endpoint: str = "chat.completions"


PROGRAMS = {
    program.name: program
    for program in (
        Program("chat_stream", "chat.py", 1),
        Program("tools", "kitchen.py", 2),
        Program("embeddings_search", "search.py", 1, endpoint="embeddings"),
        Program("legacy_028", "haiku.py", 2, ("0.28",)),
        Program("async_handler", "app.py", 3),
        Program("notebook", "titles.ipynb", 1),
        Program("azure", "travel.py", 1),
    )
}


def copy(program: Program, target: Path) -> Path:
    """A copy of the example below `target`, to be rewritten."""
    return Path(shutil.copytree(EXAMPLES / program.name, target / program.name))


def main_file(program: Program, home: Path) -> Path:
    """The file to run: the main file, or the code cells of the notebook as a script without its magics."""
    path = home / program.main
    if path.suffix != ".ipynb":
        return path
    script = path.with_name("as_script.py")
    script.write_text(cells(path), encoding="utf-8")
    return script


def cells(notebook: Path) -> str:
    """The code cells of a notebook as one script; lines that start with `%` or `!` are left out."""
    book = json.loads(notebook.read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    lines = "\n\n".join(code).split("\n")
    return "\n".join(line for line in lines if not line.startswith(("%", "!"))) + "\n"
