"""From sites to a plan: every rule is asked, edits are collected, and each site gets exactly one fate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from migrate_cli.model import (
    Certainty,
    Decision,
    Fate,
    Finding,
    Level,
    Operation,
    Options,
    Origin,
    Plan,
    Scan,
    Site,
    SiteId,
    SiteKind,
    Span,
)
from migrate_cli.rules import disagree, users
from migrate_cli.rules.clients.client_endpoint import moves
from migrate_cli.rules.legacy.current import MAKERS
from migrate_cli.rules.legacy.plan import planned
from migrate_cli.rules.registry import RULES, RuleDoc
from migrate_cli.rules.shared import (
    bundles_waiting,
    hold_bundles,
    hold_calls,
    hold_clients,
    kept_by,
    standing_of,
    with_own_key,
)
from migrate_cli.rules.superseded import superseded
from migrate_cli.rules.support import Situation
from migrate_cli.rules.tested import program_only
from migrate_cli.rules.todo import todos
from migrate_cli.rules.weighing import level_of, weigh
from migrate_cli.targets.endpoint import Target
from migrate_cli.targets.guard import Guard

FEEDERS = (SiteKind.CLIENT, SiteKind.SETTING, SiteKind.FRAMEWORK)
OBJECTS = (SiteKind.CLIENT, SiteKind.FRAMEWORK)
# The rules that know files which are not Python.
AROUND = ("CFG01", "CFG02", "CFG03", "CFG04", "CFG05", "CFG07", "POL", "SDK23")
# Kinds of which a remark is the reason why nothing changes.
TOLD = (SiteKind.ENVIRONMENT, SiteKind.URL)
KEPT = {
    SiteKind.IMPORT: "the openai package stays the client",
    SiteKind.EXCEPTION: "the exceptions of the openai package stay",
    SiteKind.TYPE: "the types of the openai package stay",
    SiteKind.DEPENDENCY: "the openai package stays the client",
}
Findings = Mapping[SiteId, tuple[Finding, ...]]


def decide(
    scan: Scan,
    target: Target,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    options: Options | None = None,
    others: Mapping[str, Target] | None = None,
    guards: Mapping[SiteId, Guard] | None = None,
) -> Plan:
    """The plan for one target.

    `select` and `ignore` take rule codes or families; `options.review` also applies edits that need a look. `others`
    sends a capability (`embeddings`, `images`, `audio`) to a target of its own. `guards` has the generated module for
    each client that is to use one.
    """
    options = options or Options()
    scan = replace(scan, sites=tuple(map(program_only, scan.sites)))
    situation = replace(
        survey(scan), options=options, others=others or {}, hints=scan.hints, guards=guards or {}
    )
    situation = replace(situation, upgrade=planned(scan.sites, target, situation))
    situation = replace(situation, guards=guardable(situation))
    weighed, decided = weighed_all(scan, target, situation, select, ignore)
    while late := bundles_waiting(weighed) - situation.upgrade.waiting:
        # A bundle waits for one of its calls: then its client stays, and all that was decided by that is wrong.
        upgrade = replace(situation.upgrade, waiting=situation.upgrade.waiting | late)
        situation = replace(situation, upgrade=upgrade)
        weighed, decided = weighed_all(scan, target, situation, select, ignore)
    weighed = hold_bundles(weighed, situation.upgrade.waiting, situation.upgrade.bundles)
    decisions = tuple(settle(s, weighed[s.id], decided, aim(s, target, decided)) for s in scan.sites)
    written = (e for s in scan.sites for f in weighed[s.id] if f.level is Level.EDIT for e in f.edits)
    left = todos(decisions) if options.todo else ()
    notices = notice(scan.hints, target, decided, select, ignore)
    models = model_map(scan.sites, target)
    return Plan(scan, target.id, decisions, by_file((*written, *left)), models, notices, options)


def weighed_all(
    scan: Scan,
    target: Target,
    situation: Situation,
    select: Collection[str],
    ignore: Collection[str],
) -> tuple[dict[SiteId, tuple[Finding, ...]], Situation]:
    """What the rules say of every site, clients first, and what became of the clients."""
    with_review = situation.options.review
    feeders = [s for s in scan.sites if steers(s) or (s.kind is SiteKind.IMPORT and s.framework is None)]
    asked = ask(feeders, target, situation, select, ignore)
    wanted = {
        s.id: tuple(
            level_of(f, doubtful(s) or f.bundle in situation.upgrade.waiting, with_review)
            for f in asked[s.id]
        )
        for s in feeders
    }
    first = hold_clients(wanted, feeders)
    situation = replace(situation, levels=standing(feeders, first, wanted))
    raw = [s for s in scan.sites if s.kind is SiteKind.REQUEST]
    requests = {
        i: tuple(level_of(f, False, with_review) for f in fs)
        for i, fs in ask(raw, target, situation, select, ignore).items()
    }
    first = hold_clients(first, feeders, kept_by(scan.sites, {**first, **requests}, target, situation))
    levels = standing(feeders, first, wanted)
    sent = {s.id: standing_of(s, requests[s.id], situation) or Level.EDIT for s in raw if s.form is None}
    situation = replace(situation, levels={**levels, **sent})
    kept = kept_by(scan.sites, {**first, **requests}, target, situation)
    first = {i: with_own_key(fs, kept, target) for i, fs in first.items()}
    rest = [s for s in scan.sites if s.id not in first]
    found = {**first, **ask(rest, target, situation, select, ignore)}
    weighed = {
        s.id: weigh(
            s, found[s.id] if s.id in first else hold_calls(s, found[s.id], kept), situation, with_review
        )
        for s in scan.sites
    }
    weighed = superseded(weighed, situation.upgrade.bundles)
    return disagree.settled(disagree.spared(weighed)), situation


def guardable(situation: Situation) -> dict[SiteId, Guard]:
    """The guards, without those of module settings in whose place no client comes."""
    settings = {s.id for s in situation.settings}
    clients = situation.upgrade.clients
    return {i: guard for i, guard in situation.guards.items() if i not in settings or i[0] in clients}


def notice(
    hints: Iterable[Site],
    target: Target,
    situation: Situation,
    select: Collection[str],
    ignore: Collection[str],
) -> tuple[Decision, ...]:
    """What is to be said of places near the use of OpenAI; a hint that no rule minds is dropped."""
    hints = list(hints)
    found = ask(hints, target, situation, select, ignore)
    decisions = (settle(h, found[h.id], situation, target) for h in hints if found[h.id])
    return tuple(d for d in decisions if d.fate in (Fate.MANUAL, Fate.REVIEW))


def steers(site: Site) -> bool:
    """Whether calls can depend on a site: a client, a framework's object, or a setting of the module in code."""
    return site.kind in FEEDERS and site.form is None and not site.read


def doubtful(site: Site) -> bool:
    """Whether what is done to a framework's object waits for a look, so that it has not moved yet."""
    return site.kind is SiteKind.FRAMEWORK and site.certainty is not Certainty.PROVED


def standing(feeders: Iterable[Site], findings: Findings, wanted: Findings) -> dict[SiteId, Level]:
    """What becomes of each client; a finding about another place says nothing of that.

    One that was to move, and is held back by what stays, stays too.
    """
    own = {s.id: [f for f in findings[s.id] if f.place is None] for s in feeders}
    held = {
        i for i, fs in findings.items() if any(f.level is Level.MANUAL and f not in wanted[i] for f in fs)
    }
    return {
        s.id: Level.SKIP if s.ignored or s.id in held else moves(own[s.id])
        for s in feeders
        if s.ignored or own[s.id]
    }


def fed_by_name(sites: Iterable[Site]) -> dict[tuple[str, Span], SiteId]:
    """The client that reads a variable through a name written elsewhere (`NAME = "OPENAI_API_KEY"`).

    Only where nothing else reads through that name, and a variable that is not set stops the program.
    """
    readers: dict[tuple[str, Span], dict[SiteId, bool]] = {}
    for site in sites:
        for value in (v for a in site.arguments for v in a.values):
            if value.name_path is not None and value.name_span is not None:
                safe = steers(site) and (value.read == "os.environ[]" or value.literal is not None)
                known = readers.setdefault((value.name_path, value.name_span), {})
                known[site.id] = known.get(site.id, True) and safe
    return {place: next(iter(ids)) for place, ids in readers.items() if len(ids) == 1 and all(ids.values())}


def survey(scan: Scan) -> Situation:
    """What the rules may know about the project before any client is decided."""
    calls: dict[SiteId, list[Site]] = {}
    feeds: dict[tuple[str, Span], SiteId] = {}
    module_calls: dict[str, bool] = {}
    inline: set[tuple[str, Span]] = set()
    for site in scan.sites:
        if site.kind is SiteKind.CALL and site.endpoint is not None:
            for client in site.clients:
                calls.setdefault(client, []).append(site)
            if site.symbol.startswith("openai."):
                module_calls[site.path] = module_calls.get(site.path, False) or site.legacy
        if steers(site):
            for argument in site.arguments:
                for value in argument.values:
                    if value.origin is Origin.ENVIRONMENT:
                        feeds[(value.path, value.span)] = site.id
                        if site.kind in OBJECTS and value.span == argument.span:
                            inline.add((value.path, value.span))
    feeds |= fed_by_name(scan.sites)
    imports: dict[str, list[Site]] = {}
    for site in scan.sites:
        if site.kind is SiteKind.IMPORT and site.framework is None and site.code.split()[0] == "import":
            imports.setdefault(site.path, []).append(site)
    homes = {p: next((s for s in found if s.location.column == 1), found[0]) for p, found in imports.items()}
    return Situation(
        calls=calls,
        feeds=feeds,
        module_calls=module_calls,
        calls_through_module=tuple(
            s for s in scan.sites if s.kind is SiteKind.CALL and s.symbol.startswith("openai.")
        ),
        settings=tuple(s for s in scan.sites if s.kind is SiteKind.SETTING and steers(s)),
        frameworks=scan.frameworks,
        imports=homes,
        inner_imports={p: tuple(imports[p]) for p, home in homes.items() if home.location.column > 1},
        inline=frozenset(inline),
        parts=tuple(s for s in scan.sites if s.framework is not None),
        reads=users.of_variables(scan.sites),
        flows=users.of_files(scan.sites),
    )


def ask(
    sites: Iterable[Site],
    target: Target,
    situation: Situation,
    select: Collection[str],
    ignore: Collection[str],
) -> dict[SiteId, tuple[Finding, ...]]:
    """What the rules say of each site; nothing of a site that a comment ignores.

    A file that is not Python is none of the business of a rule for Python.
    """
    chosen = [
        d for d in RULES if (not select or matches(d.rule.code, select)) and not matches(d.rule.code, ignore)
    ]
    around = [d for d in chosen if matches(d.rule.code, AROUND)]
    return {
        s.id: ()
        if s.ignored
        else merged(
            said(chosen if s.form is None or s.kind is SiteKind.HINT else around, s, target, situation)
        )
        for s in sites
    }


def said(docs: Iterable[RuleDoc], site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """What the rules say of one site. In a file that leaves openai<1, most of them see the site in its new form."""
    goal = aim(site, target, situation)
    form = situation.upgrade.forms.get(site.id)
    for doc in docs:
        if form is None or matches(doc.rule.code, MAKERS):
            yield from doc.check(site, goal, situation)
        else:
            for finding in doc.check(form, goal, situation):
                yield replace(
                    finding, site=site, needs=(*finding.needs, situation.upgrade.bundles[site.path])
                )


def aim(site: Site, target: Target, situation: Situation) -> Target:
    """The target of one site: that of its capability, or of the only one a client serves, where the user named one."""
    calls = situation.calls.get(site.id, ()) if site.kind is SiteKind.CLIENT else (site,)
    capabilities = {(call.endpoint or "").partition(".")[0] for call in calls}
    return situation.others.get(capabilities.pop(), target) if len(capabilities) == 1 else target


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that say the same become one with all their edits."""
    unique: dict[tuple[str, Level, str], Finding] = {}
    for finding in map(on_one_line, findings):
        key = (finding.rule.code, finding.level, finding.message)
        known = unique.get(key)
        unique[key] = finding if known is None else replace(known, edits=(*known.edits, *finding.edits))
    return tuple(unique.values())


def on_one_line(finding: Finding) -> Finding:
    """The finding with its words on one line, also where they quote code that is written on several."""
    if "\n" not in finding.message:
        return finding
    return replace(finding, message=" ".join(finding.message.split()))


def matches(code: str, prefixes: Collection[str]) -> bool:
    """Whether a rule code is one of the given codes or families (`PRM` means all of PRM01, PRM06, …)."""
    return any(code.startswith(p.upper()) for p in prefixes)


def settle(site: Site, findings: tuple[Finding, ...], situation: Situation, target: Target) -> Decision:
    """The one fate of a site."""
    if site.ignored:
        return Decision(site, Fate.SKIPPED, site.ignored)
    for level, fate in (
        (Level.SKIP, Fate.SKIPPED),
        (Level.MANUAL, Fate.MANUAL),
        (Level.REVIEW, Fate.REVIEW),
        (Level.EDIT, Fate.REWRITTEN),
    ):
        chosen = [f for f in findings if f.level is level]
        if chosen:
            return Decision(site, fate, "; ".join(dict.fromkeys(f.message for f in chosen)), findings)
    fate, reason = resting(site, findings, situation, target)
    return Decision(site, fate, reason, findings)


def resting(
    site: Site, findings: tuple[Finding, ...], situation: Situation, target: Target
) -> tuple[Fate, str]:
    """The fate of a site that no rule wants to change."""
    feeding = {situation.levels[c] for c in site.clients if c in situation.levels}
    if Level.EDIT in feeding:
        return Fate.REWRITTEN, "moves with its client"
    if feeding & {Level.MANUAL, Level.REVIEW}:
        return Fate.MANUAL, "its client needs work by hand"
    if feeding == {Level.SKIP}:
        return Fate.SKIPPED, "its client stays where it is"
    done = bool(situation.levels) and set(situation.levels.values()) == {Level.MIGRATED}
    if done or Level.MIGRATED in feeding or any(f.level is Level.MIGRATED for f in findings):
        return Fate.MIGRATED, f"already uses {target.provider.name}"
    remarks = [f.message for f in findings if f.level is Level.NOTE and site.kind in TOLD]
    kept = "the framework stays" if site.framework is not None else KEPT.get(site.kind, "nothing to change")
    if site.read:
        kept = "only reads a setting of the module"
    return Fate.SKIPPED, "; ".join(remarks) or kept


def by_file(operations: Iterable[Operation]) -> dict[str, tuple[Operation, ...]]:
    """Operations grouped by the file they edit, each once, in a stable order."""
    files: dict[str, dict[Operation, None]] = {}
    for operation in operations:
        files.setdefault(operation.path, {})[operation] = None
    return {path: tuple(files[path]) for path in sorted(files)}


def model_map(sites: Iterable[Site], target: Target) -> dict[str, str]:
    """OpenAI model -> target model for every literal model name that flows into a call."""
    names: dict[str, str] = {}
    for site in sites:
        for argument in site.model_arguments:
            for value in argument.values:
                choice = target.choose(value.literal) if isinstance(value.literal, str) else None
                if isinstance(value.literal, str) and choice is not None and choice.to is not None:
                    names[value.literal] = choice.to
    return names
