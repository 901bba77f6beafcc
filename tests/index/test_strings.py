"""Texts that are put together at run time: what is known of them, and what is left alone."""

from __future__ import annotations

import pytest

from migrate_cli.index import strings
from migrate_cli.index.project import Project
from migrate_cli.index.resolve import Resolver
from migrate_cli.index.values import HOLE, Text

HEAD = (
    "import os, posixpath, httpx, yarl\n"
    "from urllib.parse import urljoin\n"
    'HOST = "https://api.example.com"\n'
    'BASE = os.getenv("BASE_URL", "https://api.example.com/v1/")\n'
    'OPEN = os.environ["GATEWAY_URL"]\n'
)


def folded(expression: str, files: dict[str, str] | None = None) -> list[str]:
    """What the expression folds to, with `?` for what is not known."""
    texts = {"app.py": f"{HEAD}url = {expression}\n", **(files or {})}
    project = Project(texts, lambda path: texts[path].encode(), lambda path, data: data.decode(), texts)
    module = project.module("app.py")
    assert module is not None
    node = module.tree.body[-1]
    value = node.value  # type: ignore[attr-defined]
    found = strings.texts(Resolver(project), module, module.scope, (), value)
    return sorted(strings.pattern_of(f).replace(HOLE, "?") for f in found)


@pytest.mark.parametrize(
    "expression",
    [
        'f"{HOST}/v1/chat"',
        'HOST + "/v1" + "/chat"',
        '"%s/v1/chat" % HOST',
        '"%s/%s/chat" % (HOST, "v1")',
        '"%(host)s/v1/chat" % {"host": HOST}',
        '"{}/v1/chat".format(HOST)',
        '"{1}/{0}/chat".format("v1", HOST)',
        '"{host}/v1/chat".format(host=HOST)',
        '"/".join([HOST, "v1", "chat"])',
        'urljoin(HOST, "/v1/chat")',
        'posixpath.join(HOST, "v1", "chat")',
        'os.path.join(HOST, "v1/chat")',
        'BASE.rstrip("/") + "/chat"',
        'f"{HOST}/v1/chat" if fast else f"{HOST}/v1/slow"',
        'yarl.URL(HOST) / "v1" / "chat"',
        'httpx.URL(HOST).join("/v1/chat")',
        'str(httpx.URL(f"{HOST}/v1")) + "/chat"',
        'HOST.lower().removesuffix("/") + "/v1/chat"',
        '(HOST + "/x/chat").replace("/x", "/v1")',
    ],
)
def test_an_address_is_known_whatever_it_is_built_from(expression: str) -> None:
    assert "https://api.example.com/v1/chat" in folded(expression)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('f"https://{name}.example.com/{x}"', "https://?.example.com/?"),
        ('HOST + "/" + load()', "https://api.example.com/?"),
        ('f"{load()}/v1"', "?/v1"),
        ('OPEN + "/v1"', "${GATEWAY_URL}/v1"),
    ],
)
def test_what_is_not_known_stays_a_hole(expression: str, text: str) -> None:
    assert folded(expression) == [text]


def test_parts_come_from_other_files() -> None:
    files = {
        "settings.py": 'API = "https://api.example.com/v1"\n',
        "app.py": 'import settings\nurl = f"{settings.API}/chat"\n',
    }
    assert folded("", files) == ["https://api.example.com/v1/chat"]


@pytest.mark.parametrize(
    "expression",
    [
        "1 + 2",
        "a + b",
        'f"gpt-{version}"',
        '"gpt-" + version',
        '"a%s" % b',
        '"-".join(names)',
        "total / count",
    ],
)
def test_other_operations_are_no_texts(expression: str) -> None:
    texts = {"app.py": f"{HEAD}url = {expression}\n"}
    project = Project(texts, lambda path: texts[path].encode(), lambda path, data: data.decode(), texts)
    module = project.module("app.py")
    assert module is not None
    found = Resolver(project).eval(module, module.scope, (), module.tree.body[-1].value)  # type: ignore[attr-defined]
    assert not any(isinstance(f.value, Text) for f in found)
