"""Imports across the files of a project."""

from __future__ import annotations

import pytest

from migrate_cli.model import Certainty
from tests.index.resolving import found, shown

CLIENT = "from openai import OpenAI\nclient = OpenAI()\n"
USE = "from .clients import client\nshow(client)\n"

REACHED = {
    "relative": {"pkg/app.py": USE, "pkg/clients.py": CLIENT, "pkg/__init__.py": ""},
    "absolute": {"app.py": "from clients import client\nshow(client)\n", "clients.py": CLIENT},
    "module": {"app.py": "import clients\nshow(clients.client)\n", "clients.py": CLIENT},
    "package": {
        "app.py": "from pkg import client\nshow(client)\n",
        "pkg/__init__.py": "from .clients import client\n",
        "pkg/clients.py": CLIENT,
    },
    "submodule": {
        "app.py": "from pkg import clients\nshow(clients.client)\n",
        "pkg/__init__.py": "",
        "pkg/clients.py": CLIENT,
    },
    "src": {"app.py": "from pkg.clients import client\nshow(client)\n", "src/pkg/clients.py": CLIENT},
    "parent": {
        "pkg/sub/app.py": "from ..clients import client\nshow(client)\n",
        "pkg/clients.py": CLIENT,
    },
    "star": {"app.py": "from clients import *\nshow(client)\n", "clients.py": CLIENT},
    "star of a star": {
        "app.py": "from one import *\nshow(client)\n",
        "one.py": "from clients import *\n",
        "clients.py": CLIENT,
    },
    "re-exported class": {
        "app.py": "from compat import OpenAI\nshow(OpenAI())\n",
        "compat.py": "from openai import OpenAI\n",
    },
    "factory": {
        "app.py": "from make import make\nshow(make())\n",
        "make.py": "from openai import OpenAI\ndef make():\n    return OpenAI()\n",
    },
}


@pytest.mark.parametrize("case", REACHED)
def test_a_client_is_found_in_another_file(case: str) -> None:
    assert shown(REACHED[case]) == {"OpenAI"}


HIDDEN = {
    "local module called openai": {
        "app.py": "import openai\nshow(openai.OpenAI())\n",
        "openai.py": "class OpenAI: pass\n",
    },
    "local package called openai": {
        "app.py": "from openai import OpenAI\nshow(OpenAI())\n",
        "openai/__init__.py": "class OpenAI: pass\n",
    },
    "top-level module seen from a folder": {
        "scripts/app.py": "from openai import OpenAI\nshow(OpenAI())\n",
        "openai.py": "class OpenAI: pass\n",
    },
}


@pytest.mark.parametrize("case", HIDDEN)
def test_a_project_module_hides_the_sdk(case: str) -> None:
    assert shown(HIDDEN[case]) == {"OpenAI()"}


def test_a_sibling_in_a_package_does_not_hide_the_sdk() -> None:
    files = {
        "pkg/app.py": "from openai import OpenAI\nshow(OpenAI())\n",
        "pkg/__init__.py": "",
        "pkg/openai.py": "class OpenAI: pass\n",
    }
    assert shown(files) == {"OpenAI"}


def test_a_module_called_openai_may_import_the_sdk_itself() -> None:
    assert shown({"pkg/openai.py": "import openai\nshow(openai.OpenAI())\n", "pkg/__init__.py": ""}) == {
        "OpenAI"
    }


def test_a_folder_in_between_leaves_it_open() -> None:
    files = {
        "docs/sub/app.py": "import openai\nshow(openai.OpenAI())\n",
        "docs/openai.py": "class OpenAI: pass\n",
    }
    assert shown(files) == {"OpenAI", "OpenAI()"}
    assert Certainty.LIKELY in {f.certainty for f in found(files)}


@pytest.mark.parametrize(
    "files",
    [
        {"app.py": "from other import x\nshow(x)\n", "other.py": "from app import x\n"},
        {"app.py": "from other import *\nshow(x)\n", "other.py": "from app import *\n"},
        {"app.py": "from .gone import client\nshow(client)\n"},
        {"app.py": "from clients import other\nshow(other)\n", "clients.py": CLIENT},
        {"app.py": "from broken import client\nshow(client)\n", "broken.py": "def (:\n"},
    ],
    ids=["circle", "circle of stars", "missing file", "missing name", "broken file"],
)
def test_an_import_that_leads_nowhere_is_no_client(files: dict[str, str]) -> None:
    assert "OpenAI" not in shown(files)
