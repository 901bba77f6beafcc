"""Values that feed more than one thing: an edit that would also move what stays behind is held back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from migrate_cli.model import (
    AddImport,
    Argument,
    Certainty,
    Compatibility,
    Finding,
    Level,
    Operation,
    Origin,
    ReplaceExpression,
    ReplaceText,
    SetArgument,
    Site,
    SiteId,
    SiteKind,
    Span,
    Value,
)
from migrate_cli.rules.clients.client_endpoint import renamed_where_read
from migrate_cli.rules.key_names import is_key
from migrate_cli.rules.support import Situation, but
from migrate_cli.targets.endpoint import Target

Place = tuple[str, Span]
Findings = tuple[Finding, ...]
KEYS = ("api_key", "openai_api_key")
STAYING = (Level.MANUAL, Level.SKIP)
TOGETHER = "it is written together with a change that needs a look"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where values stand that something needs as they are: for good (`firm`), or until a person looks (`soft`).

    `module` tells whether the key of the `openai` module is one: a request without the SDK that stays may send it.
    """

    firm: frozenset[Place] = frozenset()
    soft: frozenset[Place] = frozenset()
    module: bool = False


def places(sites: Iterable[Site]) -> frozenset[Place]:
    """Where the values of these sites' arguments are written."""
    found: set[Place] = set()
    for site in sites:
        for argument in site.arguments:
            for value in argument.values:
                found.add((value.path, value.span))
                if value.default_path is not None and value.default_span is not None:
                    found.add((value.default_path, value.default_span))
    return frozenset(found)


def touches(finding: Finding, protected: Collection[Place]) -> bool:
    """Whether an edit of the finding replaces one of the protected values."""
    return any(_replaces(edit, protected) for edit in finding.edits)


def _replaces(edit: Operation, protected: Collection[Place]) -> bool:
    if isinstance(edit, ReplaceText):  # of a value in a file, its quotes stay
        quoted = Span(edit.span.start - 1, edit.span.end + 1)
        return (edit.path, edit.span) in protected or (edit.path, quoted) in protected
    return isinstance(edit, ReplaceExpression) and (edit.path, edit.span) in protected


def hold_clients(
    findings: Mapping[SiteId, Findings], feeders: Iterable[Site], kept: Kept | None = None
) -> dict[SiteId, Findings]:
    """The clients' findings, where a client whose values also feed one that stays becomes work by hand.

    `kept` are values that something else needs. Each client held back may hold others, so this goes on until nothing
    changes.
    """
    sites = {s.id: s for s in feeders}
    kept = kept or Kept()
    settled = dict(findings)
    while True:
        staying = [i for i, fs in settled.items() if stays(sites[i], fs)]
        now = replace(kept, firm=kept.firm | places(sites[i] for i in staying))
        held = {
            i: tuple(held_back(f, now) for f in fs)
            for i, fs in settled.items()
            if i not in staying and any(held_back(f, now) is not f for f in fs)
        }
        if not held:
            return settled
        settled.update(held)


def held_back(finding: Finding, kept: Kept) -> Finding:
    """The finding of a client as it can be acted on while some values have to stay as they are."""
    if finding.level is not Level.EDIT:
        return finding
    shared = () if own_key(finding.site) else shared_keys(finding.site, kept.firm | kept.soft)
    if touches(finding, kept.firm) or any(place in kept.firm for place in shared):
        return by_hand(finding)
    if kept.module and finding.site.kind in (SiteKind.SETTING, SiteKind.IMPORT):
        return waits(finding, "a request without the SDK sends the module's key to OpenAI")
    if touches(finding, kept.soft) or shared:
        return waits(finding, "a value it needs also feeds what waits for a look")
    return finding


def shared_keys(site: Site, wanted: Collection[Place]) -> tuple[Place, ...]:
    """The places, among `wanted`, where the environment is read for the key of a client."""
    read = ((v.path, v.span) for a in keys_of(site) for v in a.values if v.origin is Origin.ENVIRONMENT)
    return tuple(place for place in read if place in wanted)


def keys_of(site: Site) -> Iterator[Argument]:
    """The arguments of a client, a framework's object or a setting that give its key."""
    if site.kind is SiteKind.SETTING and site.symbol.endswith(".api_key"):
        yield from site.arguments[:1]
    else:
        yield from (a for name in KEYS for a in site.named(name))


def own_key(site: Site) -> bool:
    """Whether a client can be given its key where it is constructed: a name that is just a read of OpenAI's."""
    given = site.argument("api_key")
    if site.kind is not SiteKind.CLIENT or given is None or given.dictionary or given.statement:
        return False
    return all(
        is_key(v.variable) and renamed_where_read(v) and plainly_named(v, given.code) for v in given.values
    )


def plainly_named(value: Value, name: str) -> bool:
    """Whether the statement that gives the name its value starts `name = ` and then reads the variable."""
    begun = (s.location for s in value.via if s.text == f"`{name}` is assigned")
    read = value.location
    return any(
        (read.path, read.line, read.column) == (b.path, b.line, b.column + len(name) + 3) for b in begun
    )


def with_own_key(findings: Findings, kept: Kept, target: Target) -> Findings:
    """The findings of a client that moves, with a key of its own where what stays needs the one it reads."""
    first = next((f for f in findings if f.level is Level.EDIT), None)
    if first is None or not own_key(first.site) or not shared_keys(first.site, kept.firm | kept.soft):
        return findings
    if stays(first.site, findings):
        return findings
    site, code = first.site, target.key_code
    edits: list[Operation] = [SetArgument(site.path, site.span, "api_key", code)]
    if "os." in code:
        edits.append(AddImport(site.path, "import os"))
    message = f"{first.message}, with a key of its own: what it reads also feeds what stays"
    apart = replace(first, message=message, edits=(*first.edits, *edits))
    return tuple(apart if f is first else f for f in findings)


def stays(site: Site, findings: Findings) -> bool:
    """Whether a client stays where it is, judged by what is said of the client itself.

    A framework's object must be known to move: one of which nothing is said reads its values as they are.
    """
    own = {f.level for f in findings if f.place is None}
    if site.kind is SiteKind.FRAMEWORK and not own & {Level.EDIT, Level.MIGRATED}:
        return True
    return bool(own & {Level.MANUAL, Level.SKIP})


def kept_by(
    sites: Collection[Site], findings: Mapping[SiteId, Findings], target: Target, situation: Situation
) -> Kept:
    """The values of what stays, as far as it is decided: calls and clients for good, or until a person comes."""
    firm: list[Site] = []
    soft: list[Site] = []
    reads = {(s.path, s.code) for s in sites if s.read and s.symbol == "openai.api_key"}
    for site in sites:
        ours = site.elsewhere is not None and target.owns(site.elsewhere)
        standing = None if ours else standing_of(site, findings.get(site.id, ()), situation)
        if standing is not None:
            (firm if standing is Level.SKIP else soft).append(site)
    staying = soft if situation.options.review else (*soft, *firm)
    return Kept(places(firm), places(soft), sends(staying, reads))


def sends(sites: Iterable[Site], reads: Collection[tuple[str, str]]) -> bool:
    """Whether a request among these sites has the key of the `openai` module in its header."""
    requests = (s for s in sites if s.kind is SiteKind.REQUEST)
    return any((a.path, a.code) in reads for s in requests for a in s.named("api_key"))


def standing_of(site: Site, findings: Findings, situation: Situation) -> Level | None:
    """SKIP for what stays for good, MANUAL for what stays until a person comes, else None."""
    if site.kind is SiteKind.CALL:
        known = feeding(site, situation)
        if site.elsewhere is not None or (known and all(level is Level.SKIP for level in known)):
            return Level.SKIP
        return Level.MANUAL if known and all(level in STAYING for level in known) else None
    if site.kind is SiteKind.REQUEST and site.form is None:
        findings = tuple(f for f in findings if f.rule.code == "CFG06")  # the others polish what is sent
        if any(f.level is Level.EDIT for f in findings):
            return None
        return Level.MANUAL if any(f.level is Level.REVIEW and f.edits for f in findings) else Level.SKIP
    level = situation.levels.get(site.id)
    if level in STAYING:
        return level
    return Level.MANUAL if site.kind is SiteKind.FRAMEWORK and stays(site, findings) else None


def levels_around(site: Site, situation: Situation) -> set[Level]:
    """What becomes of a client, or of the clients behind a call or an error that is waited for, as far as decided.

    Of an error those of its file count; where there are none, all of the project.
    """
    own = situation.levels.get(site.id)
    if own is not None:
        return {own}
    if site.kind is SiteKind.EXCEPTION:
        levels = situation.levels
        near = {
            v for i, v in levels.items() if site.path in {i[0], *(c.path for c in situation.calls.get(i, ()))}
        }
        return near or set(levels.values())
    return set(feeding(site, situation))


def feeding(site: Site, situation: Situation) -> list[Level]:
    """What becomes of the clients of a call, or, of one through a module that nothing sets, of what its import gets."""
    known = [situation.levels[c] for c in site.clients if c in situation.levels]
    home = situation.imports.get(site.path)
    if (
        site.kind is not SiteKind.CALL
        or site.clients
        or home is None
        or not site.symbol.startswith("openai.")
    ):
        return known
    return [situation.levels[home.id]] if home.id in situation.levels else []


def by_hand(finding: Finding) -> Finding:
    """The finding as work for a person."""
    words = but(finding.message, "a value it needs also feeds what stays")
    return replace(
        finding, level=Level.MANUAL, compatibility=Compatibility.UNKNOWN, message=words, edits=(), advice=None
    )


def hold_calls(site: Site, findings: Findings, kept: Kept) -> Findings:
    """The findings of a call, where an edit of a value that also feeds what is left behind does not happen.

    What stays for good holds it for good; what waits for a look lets it wait as well. A read of a key goes with
    what it feeds.
    """
    if site.kind is SiteKind.ENVIRONMENT and (site.path, site.span) in kept.firm | kept.soft:
        return tuple(
            left_as_read(f) if f.level in (Level.EDIT, Level.REVIEW) and f.edits else f for f in findings
        )
    return tuple(shared_value(f, kept) for f in findings)


def left_as_read(finding: Finding) -> Finding:
    """The finding of a read, as one that leaves it."""
    return replace(
        finding,
        level=Level.SKIP,
        compatibility=Compatibility.UNKNOWN,
        message=f"{finding.site.variable} is read for what stays as it is",
        advice=None,
        edits=(),
    )


def shared_value(finding: Finding, kept: Kept) -> Finding:
    """The finding, held where its edit would also move what stays behind."""
    if finding.level not in (Level.EDIT, Level.REVIEW) or not finding.edits:
        return finding
    if touches(finding, kept.firm):
        words = but(finding.message, "it also feeds what stays as it is")
        advice = "give what moves a value of its own"
        return replace(finding, level=Level.MANUAL, message=words, advice=advice, edits=())
    if finding.level is Level.EDIT and touches(finding, kept.soft):
        return waits(finding, "it also feeds a call that stays")
    return finding


def bundles_waiting(findings: Mapping[SiteId, Findings]) -> frozenset[str]:
    """The bundles of which something waits for a look."""
    return frozenset(
        f.bundle for fs in findings.values() for f in fs if f.level is Level.REVIEW and f.edits and f.bundle
    )


def hold_bundles(
    findings: Mapping[SiteId, Findings], waiting: Collection[str], bundles: Mapping[str, str]
) -> dict[SiteId, Findings]:
    """The findings, where all of a bundle that waits for a look wait, with everything else in its files."""
    return {
        site: tuple(
            waits(f, TOGETHER) if {f.bundle, bundles.get(site[0]), *f.needs} & set(waiting) else f for f in fs
        )
        for site, fs in findings.items()
    }


def waits(finding: Finding, because: str) -> Finding:
    """The finding as one that needs a look."""
    if finding.level is not Level.EDIT:
        return finding
    return replace(finding, level=Level.REVIEW, message=but(finding.message, because))


def doubtful_places(site: Site) -> frozenset[Place]:
    """Where arguments stand that only likely reach a call: in a dictionary that another class may make."""
    found: set[Place] = set()
    for argument in site.arguments:
        if argument.certainty is not Certainty.PROVED:
            spans = (argument.span, argument.key, argument.dictionary, argument.statement)
            found |= {(argument.path, span) for span in spans if span is not None}
    return frozenset(found)


def doubted(finding: Finding, doubtful: Collection[Place]) -> Finding:
    """The finding, where an edit of what only likely reaches a call waits; in another file it is not made at all."""
    hit = [e for e in finding.edits if (e.path, getattr(e, "span", None)) in doubtful]
    if not hit or finding.level not in (Level.EDIT, Level.REVIEW):
        return finding
    away = any(e.path != finding.site.path for e in hit)
    words = but(finding.message, "it is only likely that this dictionary comes here")
    return replace(finding, level=Level.REVIEW, message=words, edits=() if away else finding.edits)
