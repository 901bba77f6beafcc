"""A probe as JSON, `schema` 1: for tools that act on it."""

from __future__ import annotations

from typing import Any

from migrate_cli.catalogue.observed import Found
from migrate_cli.costs.money import exact_cents
from migrate_cli.costs.small_bill import SmallBill
from migrate_cli.runtime.probe.aim import Aim
from migrate_cli.runtime.probe.plan import Asked
from migrate_cli.runtime.probe.verdict import Agreement, Run, Told

SCHEMA = 1


def aim_json(aim: Aim, bill: SmallBill) -> dict[str, Any]:
    """What would be asked; amounts are texts, in the currency that is their key."""
    return {
        "schema": SCHEMA,
        "provider": aim.provider.id,
        "site": aim.site,
        "base_url": aim.base_url,
        "model": aim.model,
        "embedding_model": aim.embedding,
        "full": aim.full,
        "catalogue_as_of": aim.provider.as_of,
        "estimate": {
            "at_most": {name: str(exact_cents(amount)) for name, amount in sorted(bill.amounts.items())},
            "not_priced": list(bill.unpriced),
        },
        "questions": [_asked(asked) for asked in aim.questions],
    }


def probe_json(aim: Aim, bill: SmallBill, run: Run, kept: object | None) -> dict[str, Any]:
    """The whole probe; no key, no prompt, no id and no text of an answer is in it."""
    whole = aim_json(aim, bill)
    del whole["questions"]
    return whole | {
        "stopped": run.stopped,
        "counts": {agreement.value: run.count(agreement) for agreement in Agreement},
        "answers": [_told(told) for told in run.told],
        "kept_in": None if kept is None else str(kept),
        "preferred": kept is not None and aim.preferred,
    }


def record_json(found: Found) -> dict[str, Any]:
    """The observations on record."""
    runs = [
        {
            "provider": run.provider,
            "site": run.site,
            "host": run.host,
            "date": run.date,
            "version": run.version,
            "model": run.model,
            "full": run.full,
            "stopped": run.stopped,
            "observations": {answer.question: answer.observed for answer in run.answers},
        }
        for _, run in found.runs
    ]
    return {"schema": SCHEMA, "runs": runs, "broken": list(found.broken)}


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "question": asked.id,
        "asks": asked.question.asks,
        "method": asked.method,
        "path": asked.path,
        "model": asked.model,
        "expected": asked.expected,
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        **_asked(told.asked),
        "sent": told.sent,
        "observed": told.observed,
        "agreement": told.agreement.value,
        "status": told.status,
        "code": told.code,
        "message": told.message,
        "detail": told.detail,
    }
