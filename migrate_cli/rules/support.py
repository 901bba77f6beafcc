"""What the rules share: how a finding is worded and how an argument is edited wherever it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrate_cli.model import (
    Argument,
    Compatibility,
    Finding,
    Level,
    Operation,
    Options,
    Origin,
    RemoveArgument,
    RemoveItem,
    RemoveStatement,
    RenameArgument,
    RenameItem,
    ReplaceExpression,
    Rule,
    SetArgument,
    SetItem,
    Site,
    SiteId,
    Span,
    Value,
)
from migrate_cli.rules.upgrade import Upgrade
from migrate_cli.targets.endpoint import Target
from migrate_cli.targets.guard import Guard


@dataclass(frozen=True, slots=True)
class Example:
    """One file before and after the rule, for `provider`. Equal texts prove restraint.

    `beside` names rules that work with this one: their edits are in `after` too. `path` is the file's name, which
    decides how it is read. `says` is part of what the rule tells of a text that it leaves as it is; "" means that it
    says nothing at all, None that this example does not mind. `options` are the user's.
    """

    before: str
    after: str
    provider: str = "ernie"
    beside: tuple[str, ...] = ()
    path: str = "program.py"
    says: str | None = None
    options: Options = field(default_factory=Options)

    @classmethod
    def untouched(cls, source: str, provider: str = "ernie", path: str = "program.py") -> Example:
        """An example that the rule leaves alone."""
        return cls(source, source, provider, path=path)

    @classmethod
    def told(
        cls,
        source: str,
        says: str,
        provider: str = "ernie",
        path: str = "program.py",
        options: Options | None = None,
    ) -> Example:
        """An example that the rule does not edit, but of which it says something that holds `says`."""
        return cls(source, source, provider, path=path, says=says, options=options or Options())

    @classmethod
    def silent(cls, source: str, provider: str = "ernie", path: str = "program.py") -> Example:
        """An example of which the rule says nothing."""
        return cls(source, source, provider, path=path, says="")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule may know about the rest of the project.

    `calls` gives the calls that each client feeds. `levels` is filled after the clients are decided, and the requests
    without the SDK: EDIT for those that move, MIGRATED, MANUAL until a person comes, SKIP for those that stay. `feeds`
    names the environment reads whose value is a client's key or base URL.
    `calls_through_module` are the calls without a client, `module_calls` the files that hold them (true: openai<1),
    `settings` the module settings of the project. `imports` holds each file's `import openai`, `inline` the reads of
    `feeds` that are written as the very argument of a client. `options` are what the user asked for, `others` the
    targets of capabilities that go elsewhere, `hints` the scan's.
    """

    calls: Mapping[SiteId, Collection[Site]] = field(default_factory=dict)
    levels: Mapping[SiteId, Level] = field(default_factory=dict)
    feeds: Mapping[tuple[str, Span], SiteId] = field(default_factory=dict)
    module_calls: Mapping[str, bool] = field(default_factory=dict)  # path -> openai<1 style
    calls_through_module: tuple[Site, ...] = ()
    settings: Collection[Site] = ()
    frameworks: Collection[str] = ()
    imports: Mapping[str, Site] = field(default_factory=dict)  # path -> its `import openai`
    inner_imports: Mapping[str, tuple[Site, ...]] = field(default_factory=dict)  # where all stand in a block
    options: Options = field(default_factory=Options)
    others: Mapping[str, Target] = field(default_factory=dict)  # capability -> the target it goes to instead
    hints: tuple[Site, ...] = ()
    inline: Collection[tuple[str, Span]] = ()  # reads written as the very argument of a client
    reads: Mapping[str, tuple[Site, ...]] = field(
        default_factory=dict
    )  # variable -> sites in Python that read it
    flows: Mapping[tuple[str, Span], tuple[Site, ...]] = field(
        default_factory=dict
    )  # value in a file -> its users
    parts: tuple[Site, ...] = ()  # everything of a framework: imports, constructions, calls
    guards: Mapping[SiteId, Guard] = field(default_factory=dict)  # client -> the module of `--guard` for it
    upgrade: Upgrade = field(default_factory=Upgrade)  # which files leave openai<1

    def everything_moves(self) -> bool:
        """Whether every client of the project moves or has moved."""
        return bool(self.levels) and all(
            level in (Level.EDIT, Level.MIGRATED) for level in self.levels.values()
        )


def edit(
    rule: Rule,
    site: Site,
    target: Target,
    message: str,
    *edits: Operation,
    compatibility: Compatibility = Compatibility.SAME,
    advice: str | None = None,
    source: str | None = None,
) -> Finding:
    """A finding that the tool can write."""
    return Finding(rule, site, target.id, Level.EDIT, compatibility, message, advice, edits, source)


def bundled(finding: Finding, situation: Situation) -> Finding:
    """The finding as one that is written with everything else that takes its file from openai<1, or not at all."""
    path = finding.site.path
    return replace(
        finding, bundle=situation.upgrade.bundles.get(path), needs=situation.upgrade.leaning.get(path, ())
    )


def review(
    rule: Rule,
    site: Site,
    target: Target,
    message: str,
    *edits: Operation,
    advice: str | None = None,
    source: str | None = None,
) -> Finding:
    """A finding that needs a look; its edits are written with --review."""
    return Finding(rule, site, target.id, Level.REVIEW, Compatibility.DIFFERS, message, advice, edits, source)


def manual(
    rule: Rule,
    site: Site,
    target: Target,
    message: str,
    *,
    compatibility: Compatibility = Compatibility.UNKNOWN,
    advice: str | None = None,
    source: str | None = None,
) -> Finding:
    """A finding that only a person can settle."""
    return Finding(rule, site, target.id, Level.MANUAL, compatibility, message, advice, (), source)


def note(
    rule: Rule,
    site: Site,
    target: Target,
    message: str,
    *,
    compatibility: Compatibility = Compatibility.UNKNOWN,
    source: str | None = None,
) -> Finding:
    """A finding to know about; it changes nothing."""
    return Finding(rule, site, target.id, Level.NOTE, compatibility, message, None, (), source)


def migrated(rule: Rule, site: Site, target: Target, message: str) -> Finding:
    """A finding that states that the work is done."""
    return Finding(rule, site, target.id, Level.MIGRATED, Compatibility.SAME, message)


def skip(rule: Rule, site: Site, target: Target, message: str) -> Finding:
    """A finding that leaves the site alone on purpose."""
    return Finding(rule, site, target.id, Level.SKIP, Compatibility.UNKNOWN, message)


def put(site: Site, name: str, code: str) -> Operation:
    """Give the site's call the argument `name`; where it is already written, its value is replaced there."""
    present = site.argument(name)
    return SetArgument(site.path, site.span, name, code) if present is None else put_in(site, present, code)


def put_in(site: Site, argument: Argument, code: str) -> Operation:
    """Give one argument another value, wherever it is written: there may be several of its name."""
    if argument.dictionary is not None:
        return SetItem(argument.path, argument.dictionary, argument.name, code)
    if argument.statement is not None:
        return ReplaceExpression(argument.path, argument.span, code)
    return SetArgument(site.path, site.span, argument.name, code)


def drop(site: Site, argument: Argument) -> Operation:
    """Remove an argument from wherever it is written."""
    if argument.dictionary is not None:
        return RemoveItem(argument.path, argument.dictionary, argument.name)
    if argument.statement is not None:
        return RemoveStatement(argument.path, argument.statement)
    return RemoveArgument(site.path, site.span, argument.name)


def rename(site: Site, argument: Argument, to: str) -> Operation:
    """Rename an argument wherever it is written."""
    if argument.dictionary is not None:
        return RenameItem(argument.path, argument.dictionary, argument.name, to)
    if argument.statement is not None and argument.key is not None:
        return ReplaceExpression(argument.path, argument.key, f'"{to}"')
    return RenameArgument(site.path, site.span, argument.name, to)


def literals(argument: Argument) -> Iterator[Value]:
    """The values of an argument that are literals."""
    return (v for v in argument.values if v.origin is Origin.LITERAL)


def quoted(text: str) -> str:
    """A Python string literal in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def but(message: str, because: str) -> str:
    """The message with one more reason why it is not simply done."""
    return f"{message}, {'and' if ', but ' in message else 'but'} {because}"


def models_of(site: Site, target: Target) -> tuple[str, ...]:
    """The target models that the call's literal model names lead to."""
    names: list[str] = []
    for value in (v for a in site.model_arguments[:1] for v in a.values):
        if not isinstance(value.literal, str):
            continue
        choice = target.choose(value.literal)
        if target.serves(value.literal):
            names.append(value.literal)
        elif choice is not None and choice.to is not None:
            names.append(choice.to)
    return tuple(dict.fromkeys(names))
