"""A stand-in for `migrate_cli.api`, so that the commands are tested without what lies below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from migrate_cli.catalogue.pitfalls import Pitfall
from migrate_cli.catalogue.types import Fact, Offer, Provider, Sdk, SiteAddress
from migrate_cli.config import Config
from migrate_cli.costs.retired import RetiredModel
from migrate_cli.costs.terms import Terms
from migrate_cli.costs.traffic import Traffic
from migrate_cli.files.journal import UndoResult
from migrate_cli.handover import Handover, handover
from migrate_cli.model import MatrixRow, Outcome, Plan, Rule, Scan, UserError
from migrate_cli.rules.support import Example
from migrate_cli.sites.explain import Explanation, Place
from tests.report import samples

FACT = Fact("2026-11-20", "the provider's documentation", "high")
NOT_KNOWN = Fact(None, None, None)


def provider(name: str = "ernie", **changes: Any) -> Provider:
    """A provider of which little is known."""
    values: dict[str, Any] = {
        "id": name,
        "name": name.upper(),
        "chinese_name": "文心",
        "aliases": ("baidu",),
        "status": "open",
        "status_note": "Open to companies and persons.",
        "hosts": (),
        "sites": (
            SiteAddress(
                "china", f"https://{name}.example/v2", None, f"https://console.{name}.example", None, FACT
            ),
            SiteAddress(
                "international", f"https://intl.{name}.example/v2", "INTL_KEY", None, None, NOT_KNOWN
            ),
        ),
        "key_variable": f"{name.upper()}_API_KEY",
        "key_variable_fact": FACT,
        "other_variables": (),
        "endpoints": {},
        "parameters": (),
        "models": {},
        "replacements": {},
        "errors": (),
        "sdk": Sdk(None, None, None, False, None, NOT_KNOWN),
        **changes,
    }
    return Provider(**values)


@dataclass(frozen=True)
class RuleDoc:
    rule: Rule
    doc: str
    examples: tuple[Example, ...]


@dataclass
class FakeApi:
    """Answers with `plan_made`, and keeps what it was asked."""

    plan_made: Plan = field(default_factory=samples.mixed)
    outcome_made: Outcome | None = None
    models: dict[str, int] = field(default_factory=lambda: {"gpt-4o": 1})
    undone: tuple[UndoResult, ...] = ()
    broken: tuple[str, ...] = ()
    counted: Traffic = field(default_factory=lambda: Traffic({}))
    config: Config = field(default_factory=Config)
    asked: dict[str, Any] = field(default_factory=dict)

    def scan(self, paths: Sequence[Path], **options: Any) -> Scan:
        self.asked["scan"] = list(paths)
        return self.plan_made.scan

    def plan(self, scan: Scan, name: str, **options: Any) -> Plan:
        self.asked["plan"] = {"provider": name, **options}
        return self.plan_made

    def apply(self, plan: Plan, **options: Any) -> Outcome:
        self.asked["apply"] = options
        return self.outcome_made or samples.outcome(plan, samples.CHANGED)

    def hand_over(self, outcome: Outcome, *, site: str | None = None) -> Handover:
        made_for = provider(outcome.plan.provider)
        return handover(
            outcome, made_for, next((s for s in made_for.sites if s.name == site), made_for.sites[0])
        )

    def undo(self, root: Path, run: str | None = None) -> tuple[UndoResult, ...]:
        self.asked["undo"] = (root, run)
        return self.undone

    def report(
        self, scan: Scan, names: Sequence[str], terms: Terms | None = None, **options: Any
    ) -> dict[str, Any]:
        self.asked["report"] = {"providers": list(names), "terms": terms, **options}
        return {"costs": "of the sample"}

    def traffic(self, files: Sequence[Path], names: Sequence[str], **options: Any) -> Traffic:
        self.asked["traffic"] = {"files": list(files), **options}
        return self.counted

    def settings(self, scan: Scan) -> Config:
        return self.config

    def provider_names(self) -> dict[str, str]:
        return {"ernie": "ernie", "baidu": "ernie", "glm": "glm"}

    def text_mix(self, text: str | None) -> Mapping[str, Decimal]:
        return {text: Decimal(1)} if text else {}

    def answers(self, met: Sequence[str], missed: Sequence[str]) -> Mapping[str, bool]:
        return {**dict.fromkeys(met, True), **dict.fromkeys(missed, False)}

    def usage_formats(self) -> tuple[tuple[str, str], ...]:
        return (("helicone", "an export"),)

    def models_found(self, scan: Scan) -> dict[str, int]:
        return self.models

    def matrix(self, scan: Scan, **options: Any) -> tuple[MatrixRow, ...]:
        self.asked["matrix"] = options
        return samples.ROWS

    def retired_models(self, scan: Scan, **options: Any) -> tuple[RetiredModel, ...]:
        self.asked["retired_models"] = options
        return ()

    def explain_site(self, paths: Sequence[Path], place: str, **options: Any) -> Explanation:
        self.asked["explain_site"] = (list(paths), place)
        scan = self.plan_made.scan
        return Explanation(Place("app.py", 2), scan, scan.sites[:1], {}, (), None, {})

    def pitfalls(self) -> Mapping[str, Pitfall]:
        return {"NAT01": Pitfall("NAT01", "high", ("measured",), "No source text shows it.")}

    def providers(self) -> tuple[Provider, ...]:
        return (provider("ernie"), provider("glm"))

    def usable_providers(self) -> tuple[tuple[Provider, ...], tuple[str, ...]]:
        return self.providers(), self.broken

    def provider(self, name: str) -> Provider:
        if name not in ("ernie", "baidu", "glm"):
            raise UserError(f"there is no provider {name}, did you mean ernie?")
        return provider("ernie" if name == "baidu" else name)

    def offers(self, name: str) -> tuple[Offer, ...]:
        return ()

    def rules(self) -> tuple[RuleDoc, ...]:
        example = Example("client = OpenAI()\n", "client = OpenAI(base_url=...)\n", "ernie")
        alone = Example("client = Groq()\n", "client = Groq()\n", "glm")
        return (
            RuleDoc(samples.CLIENT_RULE, "It is pointed there.", (example, alone)),
            RuleDoc(samples.BIAS_RULE, "", ()),
        )
