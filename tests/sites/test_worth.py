"""Which imported names are worth following to a client class: parsing half a project for a name is not."""

from __future__ import annotations

from migrate_cli.index.project import Project
from migrate_cli.sites.clients import worth_loading


def worth(files: dict[str, str]) -> tuple[bool, int]:
    """Whether the first import of `app.py` is worth following, and how many files that question parsed."""
    project = Project(files, lambda path: files[path].encode(), lambda path, data: data.decode(), files)
    module = project.module("app.py")
    assert module is not None
    [bound] = next(iter(module.scope.bindings.values()))
    return worth_loading(project, "app.py", bound), project.loaded - 1


def test_a_package_that_hands_a_client_class_on_is_followed() -> None:
    files = {
        "app.py": "from lib import Box",
        "lib/__init__.py": "from .m import Box",
        "lib/m.py": "import openai",
    }
    assert worth(files) == (True, 1)


def test_a_class_of_a_package_that_knows_no_client_is_left_alone() -> None:
    assert worth({"app.py": "from lib import Box", "lib/__init__.py": "class Box: ..."}) == (False, 1)


def test_a_package_that_hands_something_else_on_is_left_alone() -> None:
    files = {
        "app.py": "from lib import Box",
        "lib/__init__.py": "from .m import Box",
        "lib/m.py": "class Box: ...",
    }
    assert worth(files) == (False, 1)


def test_a_file_that_does_not_mention_the_sdk_is_not_even_parsed() -> None:
    assert worth({"app.py": "from lib import Box", "lib.py": "class Box: ..."}) == (False, 0)


def test_packages_that_import_from_each_other_come_to_an_end() -> None:
    files = {
        "app.py": "from a import Box",
        "a/__init__.py": "from b import Box",
        "b/__init__.py": "from a import Box",
    }
    assert worth(files) == (False, 2)
