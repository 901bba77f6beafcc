"""Requirements that Python code installs."""

from __future__ import annotations

import pytest

from migrate_cli.model import SiteKind
from tests.sites.scanning import sites


def installed(code: str) -> list[str]:
    """Package and code of each dependency."""
    return [f"{s.symbol} {s.code}" for s in sites(code) if s.kind is SiteKind.DEPENDENCY]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('image.pip_install("openai==0.28", "numpy")', ["openai openai==0.28"]),
        (
            'image.pip_install(["tiktoken", "langchain-openai"])',
            ["tiktoken tiktoken", "langchain-openai langchain-openai"],
        ),
        ('subprocess.run([sys.executable, "-m", "pip", "install", "-U", "openai"])', ["openai openai"]),
        ('os.system("pip install -q openai numpy")', ["openai openai"]),
        ('pip.main(["install", "openai"])', ["openai openai"]),
        ('session.install("openai>=1", "-e", ".")', ["openai openai>=1"]),
    ],
)
def test_a_call_that_installs_openais_package(code: str, expected: list[str]) -> None:
    assert installed(code) == expected


@pytest.mark.parametrize(
    "code",
    [
        'image.pip_install("openai-whisper", "numpy")',
        'subprocess.run(["pip", "uninstall", "openai"])',
        'subprocess.run(["pip", "show", "openai"])',
        'session.install("pip")\nplugins.install("openai")',
        'print("pip install openai")',
        'raise ImportError("Run pip install openai first.")',
        'run("openai")  # pip',
    ],
)
def test_messages_and_other_commands_install_nothing(code: str) -> None:
    assert installed(code) == []
