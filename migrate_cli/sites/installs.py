"""Requirements that Python code installs: `image.pip_install("openai")`, `subprocess.run([…, "pip", "install", …])`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrate_cli.index.module import Module
from migrate_cli.index.syntax import root_name, terminal
from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.packages import openai_package

INSTALLERS = {"pip_install", "uv_pip_install"}  # of Modal images
SESSIONS = {"session"}  # `session.install("openai")` of nox
COMMANDS = {"run", "Popen", "call", "check_call", "check_output", "system", "main"}
_INSTALL = re.compile(r"\bpip[\d.]*\s+install\s+(?P<words>[^;&|]+)")


def install_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """A dependency for each requirement on OpenAI that a call installs, at its literal."""
    if b"pip" not in module.data and b"session.install" not in module.data:
        return
    for use in module.calls_of((*INSTALLERS, *COMMANDS, "install")):
        call = use.node
        assert isinstance(call, ast.Call)
        for node, requirement in listed(call):
            package = openai_package(requirement.strip("'\"")) if not requirement.startswith("-") else None
            if package is not None:
                span, place = module.span(node), reader.places.node(module, node)
                kind, sure = SiteKind.DEPENDENCY, Certainty.PROVED
                yield Site(kind, module.path, span, place, package, span, requirement, certainty=sure)


def listed(call: ast.Call) -> list[tuple[ast.Constant, str]]:
    """(literal, requirement) for everything that a call installs; empty for a call that installs nothing."""
    parts = [e for a in call.args for e in (a.elts if isinstance(a, (ast.List, ast.Tuple)) else [a])]
    texts = [p for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    words = [str(text.value) for text in texts]
    if terminal(call) == "install" and root_name(call.func) not in SESSIONS:
        return []
    if terminal(call) in INSTALLERS or terminal(call) == "install":
        return list(zip(texts, words, strict=True))
    if "install" in words and any(word.startswith("pip") for word in [*words, root_name(call.func) or ""]):
        after = words.index("install") + 1
        return list(zip(texts[after:], words[after:], strict=True))
    found = ((t, match) for t in texts for match in _INSTALL.finditer(str(t.value)))
    return [(text, word) for text, match in found for word in match["words"].split()]
