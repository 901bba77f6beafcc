"""Hand-made values for the tests of reports and commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate_cli.catalogue.types import Fact, Provider, Sdk, SiteAddress
from migrate_cli.handover import Handover, handover
from migrate_cli.model import (
    Argument,
    Certainty,
    Compatibility,
    Decision,
    Fate,
    FileResult,
    Finding,
    Level,
    Location,
    MatrixRow,
    Origin,
    Outcome,
    Plan,
    Rule,
    Scan,
    Site,
    SiteKind,
    Skip,
    Span,
    Status,
    Step,
    Value,
)

KEY = "sk-" + "A1b2C3d4" * 5  # never whole in the source, so that no scanner takes it for a leak
CLIENT_RULE = Rule("SDK01", "openai-client", "An OpenAI client is created")
BIAS_RULE = Rule("PAR03", "logit-bias", "The provider does not take logit_bias", minutes=15)


def site(line: int = 3, **changes: object) -> Site:
    """A call of chat completions in `app.py`, unless told otherwise."""
    path = str(changes.get("path", "app.py"))
    cell = changes.pop("cell", None)
    location = Location(path, line, 5, line, 40, cell)
    values: dict[str, object] = {
        "kind": SiteKind.CALL,
        "path": path,
        "span": Span(line * 100, line * 100 + 35),
        "location": location,
        "symbol": "chat.completions.create",
        "anchor": Span(line * 100, line * 100 + 10),
        "code": "client.chat.completions.create(model=M)",
        "endpoint": "chat.completions",
        **changes,
    }
    return Site(**values)  # type: ignore[arg-type]


def client(line: int = 2, **changes: object) -> Site:
    """A client created with a literal key."""
    given = {
        "kind": SiteKind.CLIENT,
        "symbol": "openai.OpenAI",
        "endpoint": None,
        "code": f'OpenAI(api_key="{KEY}")',
    }
    return site(line, **{**given, **changes})


def value(origin: Origin = Origin.LITERAL, line: int = 3, **changes: object) -> Value:
    """A value that stands in the file of the sample site, at its call unless told otherwise."""
    path = str(changes.get("path", "app.py"))
    values: dict[str, object] = {
        "path": path,
        "span": Span(line * 100 + 20, line * 100 + 30),
        "location": Location(path, line, 20, line, 30),
        **changes,
    }
    return Value(origin, **values)  # type: ignore[arg-type]


def argument(name: str, *values: Value, code: str = "M", **changes: object) -> Argument:
    """A keyword with its values."""
    return Argument(name, "app.py", Span(320, 330), code, values, **changes)  # type: ignore[arg-type]


def modelled(*values: Value, line: int = 3, **changes: object) -> Site:
    """A call with these values for its model."""
    return site(line, arguments=(argument("model", *values),), **changes)


EVIDENT = site(
    9,
    certainty=Certainty.LIKELY,
    evidence=(Step(Location("other.py", 4, 1, 4, 20), "parameter `client` gets OpenAI()"),),
    unfollowed=("options",),
)
UNREADABLE = Skip("broken.py", "not UTF-8", problem=True)
LARGE = Skip("data.py", "too large")


def scan(*sites: Site, skips: tuple[Skip, ...] = (), files: int = 12) -> Scan:
    """A scan of /project."""
    return Scan("/project", sites, skips, files, len({s.path for s in sites}))


def finding(at: Site, rule: Rule = CLIENT_RULE, level: Level = Level.EDIT, **changes: object) -> Finding:
    """A finding for ernie."""
    values: dict[str, object] = {"message": "base_url and key of ERNIE", "advice": None, **changes}
    return Finding(rule, at, "ernie", level, Compatibility.SAME, **values)  # type: ignore[arg-type]


def decide(at: Site, fate: Fate, *findings: Finding, reason: str = "because of the sample") -> Decision:
    """A decision."""
    return Decision(at, fate, reason, findings)


def plan(*decisions: Decision, skips: tuple[Skip, ...] = (), provider: str = "ernie") -> Plan:
    """A plan for the decisions' own sites."""
    return Plan(
        scan(*(d.site for d in decisions), skips=skips), provider, decisions, models={"gpt-4o": "ernie-5.0"}
    )


def mixed() -> Plan:
    """One site of each fate."""
    first, second, third = client(2), site(3), site(4)
    hard = finding(
        third, BIAS_RULE, Level.MANUAL, message="ERNIE refuses logit_bias", advice="drop the argument"
    )
    return plan(
        decide(first, Fate.REWRITTEN, finding(first)),
        decide(
            second, Fate.REVIEW, finding(second, level=Level.REVIEW, message="temperature 0 is moved to 0.01")
        ),
        decide(third, Fate.MANUAL, hard),
        decide(
            site(5, ignored="kept on purpose"), Fate.SKIPPED, reason="ignored by a comment: kept on purpose"
        ),
        decide(site(6, elsewhere="qianfan.baidubce.com"), Fate.MIGRATED, reason="already ERNIE"),
    )


def settled() -> Plan:
    """Nothing left to do."""
    return plan(decide(client(elsewhere="qianfan.baidubce.com"), Fate.MIGRATED, reason="already ERNIE"))


def outcome(made: Plan, *files: FileResult, run: str | None = "20261121-120000-ernie") -> Outcome:
    """A finished rewrite of a plan."""
    return Outcome(made, made.decisions, files, run)


CHANGED = FileResult("app.py", Status.CHANGED, "a = 1\n", "a = 2\n")
REFUSED = FileResult("dirty.py", Status.REFUSED, "x\n", "x\n", "uncommitted changes in git")
ROWS = (
    MatrixRow("ernie", "ERNIE", {Fate.REWRITTEN: 40, Fate.MANUAL: 2}, None, ("no assistants",)),
    MatrixRow("spark", "Spark", {}, "no model for gpt-4o", ()),
)


def handed_over(made: Outcome, others: Iterable[tuple[Provider, SiteAddress]] = ()) -> Handover:
    """What an outcome hands over, for a provider of which little is known."""
    fact = Fact("2026-11-20", "the provider's documentation", "high")
    address = SiteAddress(
        "china", "https://ernie.example/v2", "ERNIE_API_KEY", "https://console.example", None, fact
    )
    sdk = Sdk(None, None, None, False, None, fact)
    nothing: Mapping[str, Any] = {}
    provider = Provider(
        *("ernie", "ERNIE", None, (), "open", "Open."),
        hosts=(),
        sites=(address,),
        key_variable=None,
        key_variable_fact=fact,
        other_variables=(),
        endpoints=nothing,
        parameters=(),
        models=nothing,
        replacements=nothing,
        errors=(),
        sdk=sdk,
    )
    return handover(made, provider, address, others)
