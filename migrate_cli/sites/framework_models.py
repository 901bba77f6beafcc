"""Whether a framework is asked for OpenAI: by the model's name, by the provider's, or by a configuration."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from migrate_cli.catalogue.frameworks import Framework, Frameworks, Use
from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.syntax import entries
from migrate_cli.index.values import Constant, Display
from migrate_cli.model import Argument, Certainty, Origin, Value
from migrate_cli.sites.arguments import Reader, argument

OPENAI = frozenset(
    {
        "openai", "open_ai", "azure", "azure_openai", "azure-openai", "openai_structured", "openai-chat",
        "openai-responses", "text-completion-openai",
    }
)  # fmt: skip
# Entries of a configuration that hold the models: when one of these cannot be followed, neither can the model.
HOLDERS = ("config_list", "model_list", "litellm_params", "llm_config", "llm", "embedder")
PROVIDER_KEYS = ("provider", "api_type", "custom_llm_provider")
ELSEWHERE = re.compile(r"\b(?!OpenAI|AzureP|Azure\b|LiteLLM|Gateway)[A-Z]\w*Provider\(")
BEGINNING = re.compile(r"[fFrR]*[\"']([^\"'{]*)")  # of a text that is put together at the call
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What a call was given: its arguments, those found in configurations, and whether anything is out of sight."""

    arguments: tuple[Argument, ...]
    inner: tuple[Argument, ...] = ()
    hidden: bool = False
    configured: bool = False
    given: frozenset[str] = field(default_factory=frozenset)
    unfollowed: tuple[str, ...] = ()  # the `**` expressions that could not be read


class Verdict:
    """What one value says: OpenAI, another provider, nothing at all, or only at run time."""

    OPENAI, OTHER, NOTHING, DYNAMIC = range(4)


def judge(table: Frameworks, framework: Framework, use: Use, asked: Asked) -> Certainty | None:
    """How sure it is that the call means OpenAI; None when it does not."""
    if use.needs and not asked.given & set(use.needs) and not asked.hidden:
        return None
    providers = list(provider_verdicts(use, asked))
    if use.judge is None:
        return None if providers and set(providers) == {Verdict.OTHER} else Certainty.PROVED
    if Verdict.OPENAI in providers:
        return Certainty.PROVED
    if Verdict.OTHER in providers:
        return None
    named = [a for a in (*asked.arguments, *asked.inner) if a.name in framework.model]
    found = [verdict(table, use, value, a.code) for a in named for value in a.values]
    if Verdict.OPENAI in found:
        sure = set(found) == {Verdict.OPENAI} and all(
            v.origin is Origin.LITERAL for a in named for v in a.values
        )
        return Certainty.PROVED if sure else Certainty.LIKELY
    if Verdict.OTHER in found:
        return None
    if Verdict.DYNAMIC in found or asked.hidden:
        return Certainty.LIKELY if use.dynamic else None
    return Certainty.PROVED if use.absent and not asked.configured else None


def provider_verdicts(use: Use, asked: Asked) -> Iterator[int]:
    """What the arguments that name a provider say."""
    given = [a for a in asked.arguments if a.name in use.provider]
    given += [a for a in asked.inner if a.name in PROVIDER_KEYS]
    for item in given:
        for value in item.values:
            if isinstance(value.literal, str):
                yield Verdict.OPENAI if value.literal.lower() in OPENAI else Verdict.OTHER
        if ELSEWHERE.search(item.code):
            yield Verdict.OTHER


def verdict(table: Frameworks, use: Use, value: Value, code: str) -> int:
    """What one model name says; `code` is how it is written at the call."""
    if value.origin is Origin.NONE:
        return Verdict.NOTHING
    text = value.literal if isinstance(value.literal, str) else None
    if text is None:
        written = BEGINNING.match(code)
        start = value.known or (written.group(1) if written else "")
        if start.startswith(use.prefixes) and use.prefixes:
            return Verdict.OPENAI
        return Verdict.OTHER if re.match(r"[\w.-]+[/:]", start) else Verdict.DYNAMIC
    if use.prefixes and text.startswith(use.prefixes):
        return Verdict.OPENAI
    return Verdict.OPENAI if use.bare and table.models.match(text) else Verdict.OTHER


@dataclass(slots=True)
class Search:
    """A walk through the configuration that a call is given."""

    reader: Reader
    wanted: frozenset[str]
    found: list[Argument] = field(default_factory=list)
    hidden: bool = False

    def walk(self, module: Module, scope: Scope, block: Block, node: ast.expr, depth: int = 0) -> None:
        """Collect the wanted entries of every dictionary that `node` can be, or holds."""
        if depth > MAX_DEPTH:
            self.hidden = True
            return
        for found in self.reader.resolver.eval(module, scope, block, node):
            if isinstance(found.value, Display):
                self.display(found.value, depth)
            elif not isinstance(found.value, Constant):
                self.hidden = True

    def display(self, display: Display, depth: int) -> None:
        """The entries of one display."""
        node, module = display.node, display.module
        if isinstance(node, (ast.List, ast.Tuple)):
            inside: Iterable[ast.expr] = node.elts
        elif isinstance(node, ast.ListComp):
            inside = [node.elt]
        else:
            inside = []
            for key, value in entries(node).items():
                if key in self.wanted and not isinstance(value, (ast.Dict, ast.List)):
                    self.found.append(
                        argument(
                            self.reader,
                            module,
                            display.scope,
                            display.block,
                            str(key),
                            value,
                            dictionary=node,
                        )
                    )
                elif isinstance(value, (ast.Dict, ast.List, ast.Name, ast.Call, ast.Attribute)):
                    self.inner(display, value, depth, matters=key in HOLDERS)
        for part in inside:
            self.inner(display, part, depth, matters=True)

    def inner(self, display: Display, node: ast.expr, depth: int, *, matters: bool) -> None:
        """A part of a display; what cannot be followed in there only `matters` where models are kept."""
        before = self.hidden
        scope, block = display.module.where.get(node, (display.scope, display.block))
        self.walk(display.module, scope, block, node, depth + 1)
        if not matters:
            self.hidden = before
