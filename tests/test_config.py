"""`[tool.migrate]` in pyproject.toml: what it declares, and what is wrong with it in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.config import Config, load_config, parse_config
from migrate_cli.model import SiteKind, UserError
from tests.sites.scanning import calls

ASK = "chat.completions.create(model='gpt-4o')"


def project(root: Path, config: str, files: dict[str, str]) -> Path:
    """A project on disk with that configuration."""
    (root / "pyproject.toml").write_text(config)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def found(root: Path) -> list[str]:
    """Certainty and last step of the evidence of each call."""
    sites = [s for s in api.scan([root]).sites if s.kind is SiteKind.CALL]
    return [f"{s.certainty.value}: {s.evidence[-1].location} {s.evidence[-1].text}" for s in sites]


DECLARED = {
    "a variable of a module": (
        "app.llm:client",
        {"app/llm.py": "client = load()\n", "main.py": f"from app.llm import client\nclient.{ASK}\n"},
    ),
    "the same with a dot": (
        "app.llm.client",
        {"src/app/llm.py": "client = load()\n", "src/main.py": f"import app.llm\napp.llm.client.{ASK}\n"},
    ),
    "in its own module": ("app.llm:client", {"app/llm.py": f"client = load()\nclient.{ASK}\n"}),
    "a function": (
        "app.llm.get_client",
        {
            "app/llm.py": "def get_client():\n    return load()\n",
            "main.py": f"from app.llm import get_client as get\nget().{ASK}\n",
        },
    ),
    "a name of another package": (
        "company.llm:client",
        {"a.py": f"from company.llm import client\nclient.{ASK}\n"},
    ),
    "a function of another package": ("company.make", {"a.py": f"import company\ncompany.make().{ASK}\n"}),
    "a pattern": ("*.llm_client", {"a.py": f"def f(ctx):\n    ctx.deps.llm_client.{ASK}\n"}),
    "an attribute": ("self.llm", {"a.py": f"class A:\n    def f(self):\n        self.llm.{ASK}\n"}),
}


@pytest.mark.parametrize("case", DECLARED)
def test_a_declared_client_is_one(case: str, tmp_path: Path) -> None:
    name, files = DECLARED[case]
    root = project(tmp_path, f'[tool.migrate]\nclients = [\n  "{name}",\n]\n', files)
    assert found(root) == ["proved: pyproject.toml:3:1 declared in pyproject.toml [tool.migrate] clients"]


LEFT = {
    "another variable of the module": (
        "app.llm:client",
        {"app/llm.py": "other = load()\n", "main.py": f"from app.llm import other\nother.{ASK}\n"},
    ),
    "that name in another module": ("app.llm:client", {"app/db.py": f"client = load()\nclient.{ASK}\n"}),
    "a local of that name": (
        "app.llm:client",
        {"app/llm.py": f"from groq import Groq\ndef f():\n    client = Groq()\n    client.{ASK}\n"},
    ),
    "an attribute of another object": ("self.llm", {"a.py": f"def f(other):\n    other.llm.{ASK}\n"}),
    "a longer name": ("*.llm", {"a.py": f"def f(ctx):\n    ctx.llm_groq.{ASK}\n"}),
    "a prefix of the package": ("app.llm:client", {"my_app/llm.py": f"client = load()\nclient.{ASK}\n"}),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_declared_is_left_alone(case: str, tmp_path: Path) -> None:
    name, files = LEFT[case]
    assert found(project(tmp_path, f'[tool.migrate]\nclients = ["{name}"]\n', files)) == []


def test_without_a_declaration_the_same_call_is_not_found() -> None:
    assert calls(f"def f(ctx):\n    ctx.deps.llm_client.{ASK}\n") == []


WRONG = {
    "unknown key": ("[tool.migrate]\nclinets = []\n", "has no setting `clinets`"),
    "no list": ('[tool.migrate]\nclients = "app:client"\n', "must be a list of names"),
    "no names": ("[tool.migrate]\nclients = [1]\n", "must be a list of names"),
    "no name": ('[tool.migrate]\nclients = ["a b"]\n', '"a b" is not a name'),
    "no table": ('[tool]\nmigrate = "x"\n', "must be a table"),
    "broken": ("[tool.migrate]\nclients = [\n", "is not valid TOML"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_one_clear_line(case: str) -> None:
    text, words = WRONG[case]
    with pytest.raises(UserError, match=words) as caught:
        parse_config(text.encode())
    assert "\n" not in str(caught.value)


FINE = {
    "no file": None,
    "no table": "[project]\nname = 'migrate'\n",
    "another tool's table": "[tool.migrations]\nclients = 1\n",
    "broken, and none of ours": "[project\nname = 'migrate'\n",
    "empty": "[tool.migrate]\n",
}


@pytest.mark.parametrize("case", FINE)
def test_a_project_without_settings_has_the_defaults(case: str, tmp_path: Path) -> None:
    text = FINE[case]
    (tmp_path / ("pyproject.toml" if text is not None else "other.toml")).write_text(text or "")
    assert load_config(tmp_path) == Config()


def test_a_scan_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has no setting"):
        api.scan([project(tmp_path, "[tool.migrate]\nx = 1\n", {"a.py": "import openai\n"})])


PRICED = """
[tool.migrate]
fx = 6.7
hourly-rate = "80 USD"
discount = {glm = 0.1}

[tool.migrate.prices.glm."glm-5.3"]
currency = "CNY"
input = 4
output = "14.5"
"""


def test_what_a_report_is_priced_with() -> None:
    config = parse_config(PRICED.encode())
    assert (config.fx, config.hourly_rate, config.discounts) == ("6.7", "80 USD", {"glm": "0.1"})
    assert config.prices == {("glm", "glm-5.3"): {"currency": "CNY", "input": "4", "output": "14.5"}}


def test_one_discount_is_for_all() -> None:
    assert parse_config(b"[tool.migrate]\ndiscount = 0.2\n").discounts == {"*": "0.2"}


def test_nothing_said_is_nothing_priced() -> None:
    config = parse_config(b"[tool.migrate]\nclients = []\n")
    assert (config.fx, config.hourly_rate, config.discounts, config.prices) == (None, None, {}, {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fx = true", "fx must be a number or text"),
        ("discount = [0.1]", "discount.* must be a number or text"),
        ("prices = 3", "prices must be a table"),
        ('prices.glm."glm-5.3" = {input = 4}', "needs `currency` and `input`"),
        ('prices.glm."glm-5.3" = {currency = "CNY", input = 4, batch = 1}', "has no `batch`"),
        ("rate = 7", "has no setting `rate`"),
    ],
)
def test_wrong_figures_are_named(text: str, words: str) -> None:
    with pytest.raises(UserError, match=re.escape(words)):
        parse_config(f"[tool.migrate]\n{text}\n".encode())
