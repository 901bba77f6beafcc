"""The verbs of `migrate` for Python callers; the command line uses nothing deeper.

    from pathlib import Path
    from migrate_cli import api

    scan = api.scan([Path("src")])
    plan = api.plan(scan, "ernie")
    outcome = api.apply(plan, dry_run=True)

Every function raises `UserError` for a mistake that the caller can mend, with one line that says how.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from migrate_cli.model import (
    Fate,
    Level,
    MatrixRow,
    Options,
    Outcome,
    Plan,
    Scan,
    SiteId,
    SiteKind,
    UserError,
)
from migrate_cli.tally import at_rest

if TYPE_CHECKING:
    from migrate_cli.catalogue.loader import Catalogue
    from migrate_cli.catalogue.pitfalls import Pitfall
    from migrate_cli.catalogue.types import Offer, Provider
    from migrate_cli.config import Config
    from migrate_cli.costs.lines import CostReport
    from migrate_cli.costs.retired import RetiredModel
    from migrate_cli.costs.terms import Terms
    from migrate_cli.costs.traffic import Traffic
    from migrate_cli.files.journal import UndoResult
    from migrate_cli.handover import Handover
    from migrate_cli.rules.choose import Choice, Key
    from migrate_cli.rules.registry import RuleDoc
    from migrate_cli.selection import Selection
    from migrate_cli.sites.explain import Explanation
    from migrate_cli.targets.endpoint import Target
    from migrate_cli.targets.guard import Guard


def scan(
    paths: Sequence[Path],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Scan:
    """Find every use of the OpenAI API below `paths`. Reads only; `progress` gets (files done, files in all)."""
    from migrate_cli.sites.scan import scan_paths

    found = scan_paths(paths, progress)
    if progress is not None:
        progress(found.files, found.files)  # whatever was left out on the way
    return found


def explain_site(
    paths: Sequence[Path], place: str, *, progress: Callable[[int, int], None] | None = None
) -> Explanation:
    """All that a scan of `paths` knows of one line, `FILE:LINE` or `FILE:cell N:LINE`, or why it reports nothing."""
    from migrate_cli.sites.explain import explain_site as explain

    return explain(scan(paths, progress=progress), paths, place)


def plan(
    scan: Scan,
    provider: str,
    *,
    models: Mapping[str, str] | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    review: bool = False,
    upgrade_sdk: bool = False,
    guard: bool = False,
    todo: bool = False,
    others: Mapping[str, str] | None = None,
    site: str | None = None,
    catalogue: Catalogue | None = None,
) -> Plan:
    """The very change that `apply` would write to move `scan` to `provider`.

    `models` maps OpenAI names to names of your own choice; `select` and `ignore` take rule codes or families
    (`PRM`); `review` includes edits that need a look; `upgrade_sdk` also moves openai<1 to the current SDK; `guard`
    puts a module between program and provider that keeps to its limits; `todo` leaves a comment above what is left;
    `others` sends `embeddings`, `images` or `audio` to a provider of its own; `site` is `china`, `international`, ….
    """
    from migrate_cli.rules.decide import decide
    from migrate_cli.targets.endpoint import open_apart, open_target

    known = catalogue or _catalogue()
    target = open_target(known, provider, site=site, models=models)
    apart = {name: open_apart(known, name, chosen, models=models) for name, chosen in (others or {}).items()}
    if upgrade_sdk and target.is_template:
        raise UserError(f"--upgrade-sdk: not possible with --to {target.id}, whose address is your own")
    options = Options(review, upgrade_sdk, guard, todo, {name: t.id for name, t in apart.items()})
    guards = _guards(scan, target) if guard else {}
    return decide(scan, target, select=select, ignore=ignore, options=options, others=apart, guards=guards)


def _guards(scan: Scan, target: Target) -> dict[SiteId, Guard]:
    """The generated module for each client that can use it; several files may share one."""
    from migrate_cli.files.homes import home_beside
    from migrate_cli.rules.clients.guarded import fits
    from migrate_cli.targets.guard import NAME, Guard, guard_text

    text = guard_text(target)
    clients = [site for site in scan.sites if fits(site)]
    homes = {path: home_beside(Path(scan.root), path, NAME) for path in {site.path for site in clients}}
    made = {path: Guard(home.path, home.module, text, home.present) for path, home in homes.items()}
    return {site.id: made[site.path] for site in clients}


def apply(plan: Plan, *, dry_run: bool = False, allow_dirty: bool = False) -> Outcome:
    """Write a plan, or with `dry_run` compute the same result without writing.

    Files with uncommitted changes are left alone unless `allow_dirty`. Every fate is counted once; a sum that does
    not add up is a bug and raises AssertionError.
    """
    from migrate_cli.rewrite.apply import apply_plan

    outcome = apply_plan(plan, dry_run=dry_run, allow_dirty=allow_dirty)
    if [d.site.id for d in outcome.decisions] != [s.id for s in plan.scan.sites]:
        raise AssertionError("the outcomes do not add up to the sites")
    return outcome


def choices(plan: Plan) -> tuple[Choice, ...]:
    """The changes of a plan, each of which can be taken or left; clients come before what depends on them."""
    from migrate_cli.rules.choose import choices as listed

    return listed(plan)


def follows(choice: Choice, plan: Plan, left: Collection[Key]) -> bool:
    """Whether a change falls away, because a change of its client is in `left`."""
    from migrate_cli.rules.choose import follows as falls_away

    return falls_away(choice, plan, left)


def choose(plan: Plan, taken: Collection[Key]) -> Plan:
    """The plan with only the changes in `taken` (`Choice.key`); the others wait for a look."""
    from migrate_cli.rules.choose import choose as chosen

    return chosen(plan, taken)


def preview(plan: Plan, choice: Choice) -> tuple[str, ...]:
    """The lines of a diff of this one change, keys masked; empty when it cannot be shown by itself."""
    from migrate_cli.rewrite.apply import preview as shown

    return shown(plan, choice.edits)


def hand_over(outcome: Outcome, *, site: str | None = None, catalogue: Catalogue | None = None) -> Handover:
    """What a rewrite hands over: what changed, what is left, and what to do next, in order."""
    from migrate_cli.handover import handover

    known = catalogue or _catalogue()
    moved_to = known.provider(outcome.plan.provider)
    address = next((s for s in moved_to.sites if s.name == site), moved_to.sites[0])
    apart = [known.provider(name) for name in dict.fromkeys(outcome.plan.options.others.values())]
    return handover(outcome, moved_to, address, [(other, other.sites[0]) for other in apart])


def undo(root: Path, run: str | None = None) -> tuple[UndoResult, ...]:
    """Restore the files of the last (or named) rewrite below `root`; a file that changed since is left alone."""
    from migrate_cli.files.discover import discover
    from migrate_cli.files.journal import undo as restore

    return restore(discover([root]).root, run)


def report(
    scan: Scan,
    providers: Sequence[str],
    terms: Terms | None = None,
    *,
    work: bool = False,
    progress: Callable[[int, int], None] | None = None,
    catalogue: Catalogue | None = None,
) -> CostReport:
    """What the models that flow into calls of `scan` cost today and on each of `providers`, with their offers.

    `terms` is everything else that figures follow from: the day, the volumes, rates and discounts of your own. `work`
    also plans the move to each provider, for the share that moves by itself and the time that the rest takes. Raises
    UserError for a site that none of the providers has.
    """
    from migrate_cli.costs.compare import compare
    from migrate_cli.costs.effort import effort
    from migrate_cli.costs.moves import check_site
    from migrate_cli.costs.terms import Terms

    known = catalogue or _catalogue()
    asked = terms or Terms(as_of=date.today())
    chosen = [known.provider(name) for name in providers]
    check_site(chosen, asked.site)
    efforts = {}
    for done, provider in enumerate(chosen if work and scan.sites else ()):
        if progress is not None:
            progress(done, len(chosen))
        made = plan(
            scan, provider.id, models=asked.overrides, site=_site_of(provider, asked.site), catalogue=known
        )
        efforts[provider.id] = effort(made)
    if progress is not None:
        progress(len(chosen), len(chosen))
    return compare(models_found(scan), chosen, known, asked, efforts)


def _site_of(provider: Provider, site: str | None) -> str | None:
    """The site where the provider has it: the report tells of the others that they have no price there."""
    return site if any(place.name == site for place in provider.sites) else None


def traffic(
    files: Sequence[Path],
    providers: Sequence[str],
    *,
    usage_format: str | None = None,
    cached_excluded: bool = False,
    days: Decimal | None = None,
    longest: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    catalogue: Catalogue | None = None,
) -> Traffic:
    """The traffic in usage exports, bills and logs, counted so that `providers` can price every request.

    `usage_format` names the format instead of recognising it, `cached_excluded` says that input counts leave the
    cached tokens out, `days` how long the files stand for, `longest` the input tokens of the longest request, which
    tells tiers where a file holds only sums. `progress` gets (bytes done, bytes in all).
    """
    from migrate_cli.costs.compare import canonical
    from migrate_cli.costs.traffic import collect
    from migrate_cli.costs.usage.read import read_usage

    known = catalogue or _catalogue()
    prices = [m.price for m in known.openai_models().values() if m.price is not None]
    prices += [p for name in providers for m in known.provider(name).models.values() for p in m.prices]
    limits = [tier.above_input_tokens for price in prices for tier in price.tiers]
    entries = read_usage(files, format=usage_format, cached_excluded=cached_excluded, progress=progress)
    with closing(entries):
        return collect(
            entries, limits=limits, name_of=lambda name: canonical(name, known), days=days, longest=longest
        )


def models_found(scan: Scan) -> dict[str, int]:
    """Model names that flow into calls that still use OpenAI, with the number of call sites each."""
    from migrate_cli.costs.today import bare_model

    counts: dict[str, int] = {}
    for found in scan.sites:
        asking = found.kind in (SiteKind.CALL, SiteKind.FRAMEWORK)
        if not asking or found.elsewhere is not None or found.ignored:
            continue
        literals = (v.literal for a in found.model_arguments for v in a.values)
        names = {bare_model(text) for text in literals if isinstance(text, str)}
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def retired_models(
    scan: Scan, *, as_of: date | None = None, catalogue: Catalogue | None = None
) -> tuple[RetiredModel, ...]:
    """OpenAI models in use that are or will be shut down, as of a day (today without)."""
    from migrate_cli.costs.retired import retired_models as retired

    resting = {site.id for site in at_rest(scan)}
    sites = (site for site in scan.sites if site.id not in resting)
    return retired(sites, catalogue or _catalogue(), as_of or date.today())


def matrix(
    scan: Scan, *, only: Selection | None = None, catalogue: Catalogue | None = None
) -> tuple[MatrixRow, ...]:
    """How the scan would fare on every provider; a broken catalogue file costs only its own row.

    `only` counts the sites it wants; the plan behind the counts is that of the whole scan.
    """
    known = catalogue or _catalogue()
    return tuple(_row(scan, name, only, known) for name in known.provider_ids())


def _row(scan: Scan, name: str, only: Selection | None, catalogue: Catalogue) -> MatrixRow:
    try:
        made = plan(scan, name, catalogue=catalogue)
        title = catalogue.provider(name).name
    except UserError as error:
        return MatrixRow(name, name, {}, str(error), ())
    decisions = [d for d in made.decisions if only is None or only.wants(d.site)]
    counts = {fate: sum(d.fate is fate for d in decisions) for fate in Fate}
    blocking: dict[str, int] = {}
    for decision in decisions:
        for finding in decision.findings:
            if finding.level is Level.MANUAL:
                blocking[finding.message] = blocking.get(finding.message, 0) + 1
    worst = sorted(blocking, key=lambda message: (-blocking[message], message))
    return MatrixRow(name, title, counts, None, tuple(worst[:3]))


def providers(*, catalogue: Catalogue | None = None) -> tuple[Provider, ...]:
    """All providers of the catalogue."""
    known = catalogue or _catalogue()
    return tuple(known.provider(name) for name in known.provider_ids())


def usable_providers(*, catalogue: Catalogue | None = None) -> tuple[tuple[Provider, ...], tuple[str, ...]]:
    """The providers whose catalogue files can be read, and one line for each of the others."""
    known = catalogue or _catalogue()
    usable: list[Provider] = []
    problems: list[str] = []
    for name in known.provider_ids():
        try:
            usable.append(known.provider(name))
        except UserError as error:
            problems.append(f"{name} is left out: {error}")
    return tuple(usable), tuple(problems)


def provider_names(*, catalogue: Catalogue | None = None) -> dict[str, str]:
    """Every name that a provider goes by, in lower case, with its id."""
    return (catalogue or _catalogue()).names()


def settings(scan: Scan) -> Config:
    """`[tool.migrate]` of the project that was scanned. Raises UserError for a wrong one."""
    from migrate_cli.config import load_config

    return load_config(Path(scan.root))


def usage_formats() -> tuple[tuple[str, str], ...]:
    """The formats that `traffic` reads: name, and one line about it."""
    from migrate_cli.costs.usage.formats import describe

    return describe()


def answers(
    eligible: Sequence[str], not_eligible: Sequence[str], *, catalogue: Catalogue | None = None
) -> Mapping[str, bool]:
    """The conditions of offers that are met, and those that are not, by their words. Raises UserError."""
    from migrate_cli.costs.incentives.eligibility import answers as read

    return (
        read(eligible, not_eligible, (catalogue or _catalogue()).offers()) if eligible or not_eligible else {}
    )


def text_mix(text: str | None, *, catalogue: Catalogue | None = None) -> Mapping[str, Decimal]:
    """`zh=0.8,en=0.2` as shares by kind of text; empty without. Raises UserError."""
    from migrate_cli.costs.tokens.mix import parse_mix

    return parse_mix(text, (catalogue or _catalogue()).tokenizers().kinds) if text else {}


def provider(name: str, *, catalogue: Catalogue | None = None) -> Provider:
    """One provider by id or alias."""
    return (catalogue or _catalogue()).provider(name)


def offers(name: str, *, catalogue: Catalogue | None = None) -> tuple[Offer, ...]:
    """What one provider offers or offered to those who move, each with its verdict."""
    known = catalogue or _catalogue()
    wanted = known.provider(name).id
    return tuple(offer for offer in known.offers() if offer.provider == wanted)


def rules() -> tuple[RuleDoc, ...]:
    """All rules with their documentation and examples."""
    from migrate_cli.rules.registry import RULES

    return RULES


def pitfalls() -> Mapping[str, Pitfall]:
    """What breaks after a move, by code: severity, sources, and why no rule looks for some."""
    from migrate_cli.catalogue.pitfalls import pitfalls as known

    return known()


def _catalogue() -> Catalogue:
    from migrate_cli.catalogue.loader import open_catalogue

    return open_catalogue()
