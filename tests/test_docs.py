"""The README and the program tell the same story, in both directions: commands, flags, exit codes, hooks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from migrate_cli.cli import exits
from migrate_cli.cli.app import app
from migrate_cli.report.json import SCAN_SCHEMA

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", README, re.DOTALL))
MENTIONS = re.findall(r"^`?(?:\$ )?migrate ([a-z]+)\b([^`\n]*)", CODE, re.MULTILINE)
ALL_COMMANDS = "all"


def commands() -> dict[str, Any]:
    """The commands of the program by name."""
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def flags(command: Any) -> frozenset[str]:
    """The flags of one command and of those below it, short forms and negations included."""
    family = (command, *getattr(command, "commands", {}).values())
    params = (param for member in family for param in member.params)
    names = (opt for param in params for opt in (*param.opts, *param.secondary_opts))
    return frozenset(name for name in names if name.startswith("-"))


def commands_by_flag() -> dict[str, frozenset[str]]:
    """Which commands take a flag."""
    taken = {name: flags(command) for name, command in commands().items()}
    return {
        flag: frozenset(name for name, own in taken.items() if flag in own)
        for flag in sorted(frozenset().union(*taken.values()))
    }


def rows(first_cell: str) -> list[list[str]]:
    """The cells of the README's table rows whose first cell matches."""
    lines = re.findall(rf"^\| *{first_cell}.*\|$", README, re.MULTILINE)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def documented_flags() -> dict[str, frozenset[str]]:
    """The README's table of flags: each flag, and the commands it is said to belong to."""
    table = {}
    for names, where, *_ in rows("`-"):
        said = frozenset(re.findall(r"[a-z]+", where))
        for flag in re.findall(r"(?<![\w-])--?[a-z][a-z0-9-]*", names):
            table[flag] = frozenset(commands()) if said == {ALL_COMMANDS} else said
    return table


def test_every_command_has_a_row_and_every_row_a_command() -> None:
    documented = {
        match for cells in rows("`migrate ") for match in re.findall(r"`migrate ([a-z]+)", cells[0])
    }
    assert documented == set(commands())


def test_every_flag_is_documented_for_its_commands_and_none_is_invented() -> None:
    assert documented_flags() == commands_by_flag()


def test_every_exit_code_is_documented_and_none_is_invented() -> None:
    codes = {exits.OK, exits.FINDINGS, exits.USAGE, exits.PROBLEM, exits.INTERRUPTED}
    assert {int(cells[0].strip("*")) for cells in rows(r"\*\*\d+\*\*")} == codes


@pytest.mark.parametrize(("command", "rest"), MENTIONS, ids=[f"{name}{rest}" for name, rest in MENTIONS])
def test_every_command_line_in_the_readme_exists(command: str, rest: str) -> None:
    known = flags(commands()[command]) | {"--help"}
    words = rest.split("#")[0]
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z0-9-]*", words)) <= known


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_and_flag_has_help(name: str) -> None:
    command = commands()[name]
    assert "migrate " in command.help
    assert [param.name for param in command.params if not param.help] == []


def test_every_hook_is_documented() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks if f"id: {hook['id']}" not in README] == []


def test_the_form_of_a_scan_in_json_is_documented() -> None:
    assert f"`{SCAN_SCHEMA}`" in README
