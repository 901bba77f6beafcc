"""Lists what the installed openai package offers, as YAML: which public methods make a request and which do not.

Run by hand, in an environment with one version of the package; `sdk_methods.yaml` holds the answers:
`python tests/index/list_methods.py`. Nothing is sent: the methods' own source code is read.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

SENDS = {
    "_get", "_post", "_put", "_patch", "_delete", "_get_api_list",
    "request", "arequest", "request_raw", "arequest_raw", "_static_request", "_astatic_request",
    "resource_request_method",
}  # fmt: skip
DELEGATED = "<self>"  # `return stream(self, …)`: openai 3 keeps such methods' bodies in functions of its own
VIEWS_OF_RESULTS = {"for_result"}
VIEWS = {"with_raw_response", "with_streaming_response"}
OF_ANSWERS = {
    "await_",
    "wait",
    "auto_paging_iter",
    "refresh",
    "arefresh",
    "instance_url",
    "class_url",
    "get_url",
}  # openai < 1.0: for objects that the API returned


def own_names(function: Any) -> set[str]:
    """Last names of every attribute that a method uses, and whether it hands itself to another function."""
    try:
        lines = inspect.getsource(inspect.unwrap(getattr(function, "__func__", function)))
        tree = ast.parse(f"class _:\n{textwrap.indent(lines, ' ') if lines[:1] != ' ' else lines}")
    except (OSError, TypeError, SyntaxError):
        return set()
    nodes = list(ast.walk(tree))
    handed_on = any(isinstance(n, ast.Call) and n.args and ast.unparse(n.args[0]) == "self" for n in nodes)
    opened = {n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    opened |= {n.id for n in nodes if isinstance(n, ast.Name)} & SENDS
    return (
        opened
        | {n.attr for n in nodes if isinstance(n, ast.Attribute)}
        | ({DELEGATED} if handed_on else set())
    )


def methods(owner: type) -> dict[str, Callable[..., Any]]:
    """Public functions of a class, inherited ones included."""
    found = inspect.getmembers(owner, lambda m: inspect.isfunction(m) or inspect.ismethod(m))
    return {name: f for name, f in found if not name.startswith("_")}


def sending(owner: type) -> set[str]:
    """The methods of a resource that make a request, themselves or through one another."""
    calls = {
        name: set().union(*(own_names(vars(c)[name]) for c in owner.__mro__ if name in vars(c)))
        for name in methods(owner)
    }
    opening = {name for name, called in calls.items() if any("Connection" in c for c in called)}
    found = {name for name, called in calls.items() if called & (SENDS | {DELEGATED})} | opening
    while more := {name for name, called in calls.items() if called & found} - found:
        found |= more
    return found - VIEWS_OF_RESULTS


def resources(owner: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, type]]:
    """(dotted path, class) of every resource below a client."""
    for name in sorted(dir(owner)):
        value = None if name.startswith("_") or name in VIEWS else getattr(owner, name)
        if "resources" in type(value).__module__:
            yield ".".join((*path, name)), type(value)
            yield from resources(value, (*path, name))


def current() -> dict[str, dict[str, list[str]]]:
    """openai >= 1.0: resource -> its methods."""
    import openai

    found = {}
    for path, cls in resources(openai.OpenAI(api_key="none")):
        every, sent = set(methods(cls)), sending(cls)
        found[path] = {"requests": sorted(sent & every), "others": sorted(every - sent)}
    return found


def legacy() -> dict[str, dict[str, list[str]]]:
    """openai < 1.0: class -> its methods."""
    import openai
    from openai.openai_object import OpenAIObject

    found = {}
    for name, cls in sorted(vars(openai).items()):
        if inspect.isclass(cls) and issubclass(cls, OpenAIObject) and sending(cls) - set(dir(OpenAIObject)):
            every, sent = set(methods(cls)) - set(dir(OpenAIObject)) - OF_ANSWERS, sending(cls)
            found[name] = {"requests": sorted(sent & every), "others": sorted(every - sent)}
    return found


def main() -> None:
    """Print the table of the installed version."""
    import openai

    version = getattr(openai, "__version__", None) or openai.version.VERSION
    print(f'"{version}":')
    table = legacy() if version.startswith("0.") else current()
    for path, groups in table.items():
        print(f"  {path}:")
        for group, names in groups.items():
            print(f"    {group}: [{', '.join(names)}]")


if __name__ == "__main__":
    main()
