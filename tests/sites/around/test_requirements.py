"""Requirements in manifests and lock files."""

from __future__ import annotations

import pytest

from migrate_cli.sites.around.pins import generations
from migrate_cli.sites.around.setup_script import setup_sites
from tests.sites.around.reading import lines, sites, spans

PDM = '[tool.pdm.dev-dependencies]\ntest = ["openai"]\n'
HATCH = '[tool.hatch.envs.default]\ndependencies = ["tiktoken"]\n'
POETRY = '[tool.poetry.group.ai.dependencies]\nopenai = {version = "^1.2", optional = true}\n'
UV = '[[package]]\nname = "openai-agents"\nversion = "1.0"\nsource = {{ {} = "." }}\n'
LOCKED = '{"default": {"openai": {"hashes": ["a"], "version": "==1.2.3"}}}'


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("requirements.txt", "openai==0.28.1  # old\n", "openai:1"),
        ("requirements/base.in", "OpenAI>=1,<2; python_version > '3.8'\n", "openai:1"),
        ("dev-requirements.txt", "openai==1.0 \\\n    --hash=sha256:aa\n", "openai:1"),
        ("requirements.txt", "langchain[openai]~=0.3\n", "langchain:1"),
        ("requirements.txt", "openai @ https://example.org/openai.whl\n", "openai:1"),
        ("constraints.txt", "langchain_openai<1\n", "langchain-openai:1"),
        ("pyproject.toml", '[project]\ndependencies = ["tiktoken"]\n', "tiktoken:2"),
        ("pyproject.toml", '[project.optional-dependencies]\nai = ["openai>=1"]\n', "openai:2"),
        ("pyproject.toml", '[dependency-groups]\nai = ["openai>=1"]\n', "openai:2"),
        ("pyproject.toml", PDM, "openai:2"),
        ("pyproject.toml", HATCH, "tiktoken:2"),
        ("pyproject.toml", POETRY, "openai:2"),
        ("pyproject.toml", '[tool.poetry.dependencies]\nlangchain = {extras = ["openai"]}\n', "langchain:2"),
        ("uv.lock", UV.format("registry"), "openai-agents:2"),
        ("Pipfile", '[packages]\nopenai = "*"\n', "openai:2"),
        ("environment.yml", "dependencies:\n- python\n- openai=1.2\n", "openai:3"),
        ("environment.yml", "dependencies:\n- pip:\n  - openai\n", "openai:3"),
        ("setup.cfg", "[options]\ninstall_requires =\n    requests\n    openai>=1\n", "openai:4"),
        ("setup.cfg", "[options.extras_require]\nai =\n    openai\n", "openai:3"),
        ("tox.ini", "[testenv]\ndeps =\n    openai\n", "openai:3"),
        (".pre-commit-config.yaml", "additional_dependencies: [openai>=1]\n", "openai:1"),
        ("Dockerfile", "RUN pip install -U openai\n", "openai:1"),
        ("ci.yml", "run: pip install 'openai>=1'\n", "openai:1"),
        ("requirements.lock", "anyio==4.0\nopenai==1.2.3\n    # via app\n", "openai:2"),
        ("pylock.dev.toml", '[[packages]]\nname = "openai"\nversion = "1.2.3"\n', "openai:2"),
        ("poetry.lock", '[[package]]\nname = "openai"\nversion = "1.2.3"\n', "openai:2"),
    ],
)
def test_a_requirement_is_found(path: str, text: str, found: str) -> None:
    assert lines(path, text) == [f"dependency {found}"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements.txt", "# openai\n-r openai.txt\nopenai-whisper\nlitellm\n"),
        ("requirements.txt", "--find-links https://example.org/openai\n"),
        ("pyproject.toml", '[project]\nname = "openai"\nkeywords = ["openai"]\n'),
        ("pyproject.toml", '[[tool.mypy.overrides]]\nmodule = ["openai", "tiktoken"]\n'),
        ("pyproject.toml", '[project]\ndependencies = ["langchain", "instructor"]  # openai\n'),
        ("pyproject.toml", '[tool.poetry.extras]\nai = ["openai"]\n'),
        ("notes.txt", "openai==1.2\n"),
        ("requirements.lock", "# openai==1.2\nopenai-whisper==1.0\nanyio==4.0  # openai==1.2\n"),
        ("environment.yml", "name: openai\nchannels: [conda-forge]\n"),
        ("package.json", '{"dependencies": {"openai": "^4.0.0"}}\n'),
    ],
)
def test_what_is_no_requirement_is_left_alone(path: str, text: str) -> None:
    assert lines(path, text) == []


def test_requirements_in_utf_16_are_read() -> None:
    assert lines("requirements.txt", "requests\r\nopenai==1.0\r\n".encode("utf-16")) == [
        "dependency openai:2"
    ]


def test_requirements_in_latin_1_are_read() -> None:
    assert lines("requirements.txt", "# für\nopenai\n".encode("latin-1")) == ["dependency openai:2"]


def test_the_project_s_own_entry_in_a_lock_file_is_no_dependency() -> None:
    assert lines("uv.lock", UV.format("editable")) == []


def test_a_lock_file_says_so() -> None:
    [site] = sites("Pipfile.lock", LOCKED.replace('{"openai"', '{\n        "openai"'))
    assert (site.form, site.evidence[0].text) == ("lock", "pinned by a lock file: allows openai 1.x")


def test_the_span_is_the_requirement() -> None:
    assert spans("pyproject.toml", '[project]\ndependencies = ["é", "openai>=1"]\n') == ["openai>=1"]


def test_setup_scripts_are_read_through_their_variables() -> None:
    text = 'REQ = ["openai>=1"]\nsetup(install_requires=REQ, extras_require={"openai": ["tiktoken"]})\n'
    assert [(s.symbol, s.location.line) for s in setup_sites("setup.py", text)] == [
        ("openai", 1),
        ("tiktoken", 2),
    ]


def test_other_lists_of_a_setup_script_are_left_alone() -> None:
    assert setup_sites("setup.py", 'setup(name="openai", keywords=["openai"])\n') == []


@pytest.mark.parametrize(
    ("pin", "allowed"),
    [
        ("", (0, 1, 2, 3)),
        ("*", (0, 1, 2, 3)),
        ("==0.28.1", (0,)),
        ("<1", (0,)),
        ("<1.0", (0,)),
        (">=1.0.0,<2.0.0", (1,)),
        (">=1", (1, 2, 3)),
        ("~=1.2", (1,)),
        ("~=1.2.3", (1,)),
        ("^1.2", (1,)),
        ("^0.28", (0,)),
        ("==1.*", (1,)),
        ("=2.1", (2,)),
        (">0.27,!=1.5,<=2.0", (0, 1, 2)),
        ("<1 || >=3", (0, 3)),
    ],
)
def test_generations(pin: str, allowed: tuple[int, ...]) -> None:
    assert generations(pin) == allowed
