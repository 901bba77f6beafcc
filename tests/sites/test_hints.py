"""Places near the use of OpenAI: what counts as one, and the look-alikes that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.sites.hints.widths import width_hints
from migrate_cli.sites.page import Page

CALL = (
    'from openai import OpenAI\n\nOpenAI().embeddings.create(model="text-embedding-3-small", input=["a"])\n'
)


def widths(text: str) -> list[str]:
    """The widths found in a text."""
    return [site.code for site in width_hints(Page.of("a.py", text))]


def hints(folder: Path, **files: str) -> list[tuple[str, str]]:
    """Topic and file of every hint in a project."""
    for name, text in files.items():
        (folder / name.replace("_dot_", ".")).write_text(text, encoding="utf-8")
    return [(hint.symbol, hint.path) for hint in api.scan([folder]).hints]


@pytest.mark.parametrize(
    "text",
    [
        "Vector(1536)",
        "embedding vector(1536) NOT NULL",
        "EMBEDDING_DIM = 1536",
        "dims: int = 1536",
        '"dimension": 1536,',
        "embedding_model_dims: Optional[int] = Field(1536)",
        "vector_size=1536",
        "np.zeros((n, 1536))",
        "faiss.IndexFlatL2(1536)",
    ],
)
def test_a_width(text: str) -> None:
    assert widths(text) == ["1536"]


@pytest.mark.parametrize(
    "text",
    [
        "port = 1536",
        "# dimension = 1536",
        "-- vector(1536)",
        "dimension = 15360",
        "dimension = 1536.5",
        "hidden_size = 1536",
        "Vector(1024)",
        'print("dimension is not 1536")',
        "range(1536)",
    ],
)
def test_no_width(text: str) -> None:
    assert widths(text) == []


def test_a_width_is_found_far_from_the_call(tmp_path: Path) -> None:
    found = hints(tmp_path, app_dot_py=CALL, schema_dot_sql="CREATE TABLE t (v vector(1536));\n")
    assert found == [("vector-width", "schema.sql")]


def test_without_embeddings_no_width_is_looked_for(tmp_path: Path) -> None:
    source = CALL.replace("embeddings.create", "chat.completions.create")
    assert hints(tmp_path, app_dot_py=source, schema_dot_sql="CREATE TABLE t (v vector(1536));\n") == []


def test_hints_are_no_sites(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(f"{CALL}index = Index(dimension=1536)\n", encoding="utf-8")
    scan = api.scan([tmp_path])
    assert "hint" not in {site.kind.value for site in scan.sites}
    assert [hint.symbol for hint in scan.hints] == ["vector-width"]
