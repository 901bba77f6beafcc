"""Menus that a user chooses from on a page: `st.selectbox("Model", ["gpt-4o", "gpt-4o-mini"])` is one of the list."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import displays
from migrate_cli.index.module import Module, Use
from migrate_cli.index.values import Display, Found, Unknown, step

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

_WIDGETS = {"selectbox", "radio", "select_slider", "pills", "segmented_control"}
_PLACES = ("streamlit.", "streamlit.sidebar.")
_OPTIONS = 1  # the place of the options among the arguments


def chosen(resolver: Resolver, module: Module, use: Use, path: str) -> tuple[Found, ...] | None:
    """Any of the options of a menu; None for another call, and for options that are not written out."""
    call = use.node
    assert isinstance(call, ast.Call)
    owner, _, widget = path.rpartition(".")
    if widget not in _WIDGETS or f"{owner}." not in _PLACES:
        return None
    keywords = {k.arg: k.value for k in call.keywords}
    given = call.args[_OPTIONS] if len(call.args) > _OPTIONS else keywords.get("options")
    # a list with a name may also be searched, and what shows an option may know it by name
    if not isinstance(given, (ast.List, ast.Tuple)) or "format_func" in keywords:
        return None
    listed = Found(Display(module, given, use.scope, use.block))
    found = displays.elements(resolver, listed, iterated=True)
    words = step(module, call, f"one of the options of `{widget}`")
    return tuple(f.via(words, likely=True) for f in found if not isinstance(f.value, Unknown)) or None
