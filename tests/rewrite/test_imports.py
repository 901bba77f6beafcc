"""Imports added beside their like, and dropped when nothing needs them."""

from __future__ import annotations

import pytest

from migrate_cli.rewrite.errors import Refused
from tests.rewrite.helper import add_import, check, edited, remove_import, replace, same

OPENAI = "from openai import OpenAI"


@pytest.mark.parametrize(
    "text",
    [
        "import os\n",
        "import sys, os\n",
        "import os.path\n",
        "import json\n\nx = 1\nimport os\n",
        "def f():\n    import os\n    return os.getcwd()\n",
    ],
)
def test_module_that_is_there(text: str) -> None:
    same(text, add_import("import os"))


@pytest.mark.parametrize(
    "text",
    [
        "from openai import OpenAI\n",
        "from openai import (\n    AsyncOpenAI,\n    OpenAI,\n)\n",
        "try:\n    from openai import OpenAI\nexcept ImportError:\n    OpenAI = None\n",
        "if FLAG:\n    from openai import OpenAI\n",
        "def f():\n    from openai import OpenAI\n    return OpenAI()\n",
    ],
)
def test_name_that_is_there(text: str) -> None:
    same(text, add_import(OPENAI))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "import os\n"),
        ("x = 1\n", "import os\n\nx = 1\n"),
        ("# only words\n", "# only words\nimport os\n"),
        ("#!/usr/bin/env python\nx = 1\n", "#!/usr/bin/env python\nimport os\n\nx = 1\n"),
        ("# -*- coding: utf-8 -*-\n# me\n\nx = 1\n", "# -*- coding: utf-8 -*-\n# me\n\nimport os\n\nx = 1\n"),
        ('"""Doc."""\n', '"""Doc."""\n\nimport os\n'),
        ('"""Doc."""', '"""Doc."""\n\nimport os'),
        ('"""Doc."""\n\nx = 1\n', '"""Doc."""\n\nimport os\n\nx = 1\n'),
        (
            "from __future__ import annotations\n\nx = 1\n",
            "from __future__ import annotations\n\nimport os\n\nx = 1\n",
        ),
        ("import openai\n", "import os\n\nimport openai\n"),
        ("import json\nimport sys\n", "import json\nimport os\nimport sys\n"),
        ("import sys\n", "import os\nimport sys\n"),
        ("import json\n\nimport openai\n", "import json\nimport os\n\nimport openai\n"),
        ("from pathlib import Path\n", "import os\nfrom pathlib import Path\n"),
        ("import openai\nimport json\n", "import openai\nimport json\nimport os\n"),
        ("from . import a\n", "import os\n\nfrom . import a\n"),
        ("\n# third party\nimport openai\n", "\n# third party\nimport os\n\nimport openai\n"),
        (
            '"""Doc."""\n\n# third party\nimport openai\n',
            '"""Doc."""\n\nimport os\n\n# third party\nimport openai\n',
        ),
        ("import sys\r\n\r\nx = 1\r\n", "import os\r\nimport sys\r\n\r\nx = 1\r\n"),
        ("import os.path as p\n", "import os\nimport os.path as p\n"),
        ("if TYPE_CHECKING:\n    import os\n", "import os\n\nif TYPE_CHECKING:\n    import os\n"),
        ("@f\ndef g(): pass\n", "import os\n\n@f\ndef g(): pass\n"),
        ("VERSION = 1\nimport json\n", "VERSION = 1\nimport json\nimport os\n"),
        ("x = os.sep\nimport json\n", "import os\n\nx = os.sep\nimport json\n"),
        ("def f(os):\n    return os\n", "import os\n\ndef f(os):\n    return os\n"),
    ],
)
def test_module_is_added(before: str, after: str) -> None:
    check(before, [add_import("import os")], after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from openai import AzureOpenAI\n", "from openai import AzureOpenAI, OpenAI\n"),
        ("from openai import Stream\n", "from openai import OpenAI, Stream\n"),
        ("from openai import Stream, APIError\n", "from openai import Stream, APIError, OpenAI\n"),
        ("from openai import Stream  # sdk\n", "from openai import OpenAI, Stream  # sdk\n"),
        ("from openai import (Stream)\n", "from openai import (OpenAI, Stream)\n"),
        (
            "from openai import (\n    APIError,\n    Stream,\n)\n",
            "from openai import (\n    APIError,\n    OpenAI,\n    Stream,\n)\n",
        ),
        (
            "from openai import (\n    Stream  # why\n)\n",
            "from openai import (\n    Stream,  # why\n    OpenAI\n)\n",
        ),
        (
            "from openai import APIError, \\\n    Stream\n",
            "from openai import APIError, \\\n    OpenAI, Stream\n",
        ),
        ("import openai\n", "import openai\nfrom openai import OpenAI\n"),
        ("from openai import *\n", "from openai import *\nfrom openai import OpenAI\n"),
        (
            "from .openai import AzureOpenAI\n",
            "from openai import OpenAI\n\nfrom .openai import AzureOpenAI\n",
        ),
        ("import os\n", "import os\n\nfrom openai import OpenAI\n"),
        (
            "import os\nimport httpx\nimport requests\n",
            "import os\nimport httpx\nimport requests\nfrom openai import OpenAI\n",
        ),
        ("from a import b; x = 1\n", "from a import b; x = 1\nfrom openai import OpenAI\n"),
        (
            "try:\n    from openai import AzureOpenAI\nexcept ImportError:\n    AzureOpenAI = None\n",
            "try:\n    from openai import AzureOpenAI, OpenAI\nexcept ImportError:\n    AzureOpenAI = None\n",
        ),
        (
            "if TYPE_CHECKING:\n    from openai import AzureOpenAI\n",
            "from openai import OpenAI\n\nif TYPE_CHECKING:\n    from openai import AzureOpenAI\n",
        ),
    ],
)
def test_name_is_added(before: str, after: str) -> None:
    check(before, [add_import(OPENAI)], after)


def test_name_used_above_the_other_import_of_its_module() -> None:
    check(
        "import json\nc = OpenAI()\nfrom openai import Stream\n",
        [add_import(OPENAI)],
        "import json\n\nfrom openai import OpenAI\nc = OpenAI()\nfrom openai import Stream\n",
    )


def test_late_import_stays_late() -> None:
    check(
        "def f():\n    from openai import AzureOpenAI\n    return AzureOpenAI()\n",
        [
            replace("return ⟦AzureOpenAI⟧", "OpenAI"),
            add_import(OPENAI),
            remove_import("openai", "AzureOpenAI"),
        ],
        "def f():\n    from openai import OpenAI\n    return OpenAI()\n",
    )


def test_late_import_does_not_serve_other_functions() -> None:
    check(
        "def f():\n    import os\n    return os\n\ndef g():\n    return 'k'\n",
        [replace("'k'", "os.sep"), add_import("import os")],
        "import os\n\ndef f():\n    import os\n    return os\n\ndef g():\n    return os.sep\n",
    )


def test_alias_and_several_names() -> None:
    check(
        "import sys\n",
        [add_import("import numpy as np"), add_import("from openai import AsyncOpenAI, OpenAI as O")],
        "import sys\n\nimport numpy as np\nfrom openai import AsyncOpenAI, OpenAI as O\n",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "# ---- cell 1\n# ipython: %pip\n# ---- cell 3\nimport openai\n# ---- cell 4\nx = 1\n",
            "# ---- cell 1\n# ipython: %pip\n# ---- cell 3\nimport os\n\nimport openai\n# ---- cell 4\nx = 1\n",
        ),
        (
            "# ---- cell 1\nx = 1\n# ---- cell 2\n# ipython: %%time\nimport sys\n",
            "# ---- cell 1\nx = 1\n# ---- cell 2\n# ipython: %%time\nimport os\nimport sys\n",
        ),
        (
            "# ---- cell 2\nx = 1\n# ---- cell 3\ny = 2\n",
            "# ---- cell 2\nimport os\n\nx = 1\n# ---- cell 3\ny = 2\n",
        ),
        (
            "# ---- cell 1\nimport json\n# ---- cell 2\nimport sys\n",
            "# ---- cell 1\nimport json\nimport os\n# ---- cell 2\nimport sys\n",
        ),
    ],
)
def test_notebook_cells(before: str, after: str) -> None:
    check(before, [add_import("import os")], after)


@pytest.mark.parametrize(
    "text",
    [
        "os = 1\n",
        "import shutil as os\n",
        "from x import os\n",
        "def os(): pass\n",
        "class os: pass\n",
        "for os in []: pass\n",
        "try:\n    pass\nexcept E as os:\n    pass\n",
        "if a:\n    os = None\n",
        "(os := 1)\n",
        "match a:\n    case {**os}: pass\n",
    ],
)
def test_name_that_means_something_else(text: str) -> None:
    with pytest.raises(Refused):
        edited(text, add_import("import os"))


@pytest.mark.parametrize(
    "text",
    [
        "def f(os):\n    return 'k'\n",
        "def f():\n    os = 1\n    return 'k'\n",
        "def f():\n    g('k')\n    import os\n",
        "def f():\n    for os in x:\n        g('k')\n",
        "f = lambda os: 'k'\n",
        "def f(os):\n    def g():\n        return 'k'\n",
    ],
)
def test_name_that_a_function_has_taken(text: str) -> None:
    with pytest.raises(Refused):
        edited(text, replace("'k'", 'os.environ["K"]'), add_import("import os"))


@pytest.mark.parametrize("code", ["x = 1", "from . import a", "import", "from a import *; b"])
def test_code_that_is_no_absolute_import(code: str) -> None:
    with pytest.raises(Refused):
        edited("x = 1\n", add_import(code))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from openai import AzureOpenAI\nx = 1\n", "x = 1\n"),
        ("import os\nfrom openai import AzureOpenAI\n\nx = 1\n", "import os\n\nx = 1\n"),
        ("from openai import AzureOpenAI, OpenAI\n", "from openai import OpenAI\n"),
        ("from openai import OpenAI, AzureOpenAI\n", "from openai import OpenAI\n"),
        ("from openai import A, AzureOpenAI, OpenAI\n", "from openai import A, OpenAI\n"),
        ("from openai import AzureOpenAI as A, OpenAI\n", "from openai import OpenAI\n"),
        (
            "from openai import (\n    AzureOpenAI,  # azure\n    OpenAI,\n)\n",
            "from openai import (\n    # azure\n    OpenAI,\n)\n",
        ),
        ("from openai import (OpenAI, AzureOpenAI)\n", "from openai import (OpenAI)\n"),
        ("from openai import OpenAI, \\\n    AzureOpenAI\n", "from openai import OpenAI\n"),
        ("from openai import AzureOpenAI  # noqa\nx = 1\n", "x = 1\n"),
        (
            "try:\n    from openai import AzureOpenAI\n    x = 1\nexcept E:\n    pass\n",
            "try:\n    x = 1\nexcept E:\n    pass\n",
        ),
        ("def f():\n    from openai import AzureOpenAI\n\n    return 1\n", "def f():\n    return 1\n"),
        (
            "from openai import AzureOpenAI\nx.AzureOpenAI\nf(AzureOpenAI=1)\n",
            "x.AzureOpenAI\nf(AzureOpenAI=1)\n",
        ),
        ('from openai import AzureOpenAI\n"""AzureOpenAI was here."""\n', '"""AzureOpenAI was here."""\n'),
    ],
)
def test_unused_name_is_dropped(before: str, after: str) -> None:
    check(before, [remove_import("openai", "AzureOpenAI")], after)


@pytest.mark.parametrize(
    "text",
    [
        "from openai import AzureOpenAI\nAzureOpenAI()\n",
        "from openai import AzureOpenAI\n__all__ = ['AzureOpenAI']\n",
        "from openai import AzureOpenAI\ndef f(c: 'AzureOpenAI | None'): ...\n",
        "from openai import AzureOpenAI\nx = g()  # type: AzureOpenAI\n",
        "from openai import AzureOpenAI as AzureOpenAI\n",
        "from openai import AzureOpenAI as A\nA()\n",
        "from openai import *\n",
        "from .openai import AzureOpenAI\n",
        "from openai.lib import AzureOpenAI\n",
        "import openai\n",
        "try:\n    from openai import AzureOpenAI\nexcept ImportError:\n    AzureOpenAI = None\n",
        "try:\n    from openai import AzureOpenAI\nexcept ImportError:\n    raise Missing\n",
    ],
)
def test_name_that_is_needed_stays(text: str) -> None:
    same(text, remove_import("openai", "AzureOpenAI"))


def test_package_interface_stays() -> None:
    same("from openai import AzureOpenAI\n", remove_import("openai", "AzureOpenAI", path="pkg/__init__.py"))


def test_package_drops_what_it_used_itself() -> None:
    check(
        "from openai import AzureOpenAI, OpenAI\nc = AzureOpenAI()\n",
        [
            replace("c = ⟦AzureOpenAI⟧", "OpenAI"),
            remove_import("openai", "AzureOpenAI", path="pkg/__init__.py"),
        ],
        "from openai import OpenAI\nc = OpenAI()\n",
    )


def test_name_that_another_edit_uses_up() -> None:
    check(
        "from openai import AzureOpenAI\n\nc = AzureOpenAI()\n",
        [replace("c = ⟦AzureOpenAI⟧", "OpenAI"), add_import(OPENAI), remove_import("openai", "AzureOpenAI")],
        "from openai import OpenAI\n\nc = OpenAI()\n",
    )
