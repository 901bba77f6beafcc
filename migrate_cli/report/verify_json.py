"""A verification as JSON, `schema` 1: for tools that act on it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from migrate_cli.runtime.verify.bouts import Bout, Hostility
from migrate_cli.runtime.verify.hostile import Trial
from migrate_cli.runtime.verify.verdict import Sent, Verification

SCHEMA = 1


def verify_json(done: Verification) -> dict[str, Any]:
    """The whole verification; no text of a prompt, no key, and no header is in it."""
    return {
        "schema": SCHEMA,
        "verdict": done.verdict.value,
        "command": list(done.command),
        "exit_code": done.ended.code,
        "stopped": done.ended.reason,
        "providers": [{"id": i, "name": name, "as_of": as_of} for i, name, as_of in done.providers],
        "requests": [_sent(each) for each in done.sent],
        "ignored": {note: len(sent) for note, sent in done.ignored.items()},
        "not_proven": {note: len(sent) for note, sent in done.unproven.items()},
        "out_of_reach": [
            {"host": e.host, "port": e.port, "source": e.source, "asks": e.asks} for e in done.escapes
        ],
        "not_written": [
            {"path": p.path, "line": p.line, "rule": p.code, "review": p.review} for p in done.pending
        ],
        "unseen": [{"program": u.program, "reason": u.reason, "source": u.source} for u in done.unseen],
        "comparison": _comparison(done),
        "hostile": None if done.hostility is None else _hostility(done.hostility, done.fatal),
    }


def _sent(sent: Sent) -> dict[str, Any]:
    return {
        "provider": sent.provider,
        "method": sent.method,
        "address": sent.address,
        "endpoint": sent.endpoint,
        "model": sent.model,
        "status": sent.status,
        "fared": sent.fared.value,
        "check": sent.check,
        "reason": sent.reason,
        "body_published": sent.shape_known,
        "ignored": list(sent.ignored),
        "not_proven": list(sent.unproven),
        "leaks": list(sent.leaks),
        "path": sent.path,
        "line": sent.line,
        "rules": list(sent.rules),
    }


def _comparison(done: Verification) -> dict[str, Any] | None:
    compared = done.comparison
    if compared is None:
        return None
    return {
        "same": compared.same,
        "before": compared.before,
        "after": compared.after,
        "refused_before": compared.refused_before,
        "lost": dict(compared.lost),
        "added": dict(compared.added),
        "changes": dict(compared.fields),
    }


def _hostility(found: Hostility, fatal: Collection[Bout]) -> dict[str, Any]:
    return {
        "tried": [_bout(bout) | {"counts": bout in fatal} for bout in found.bouts],
        "not_met": list(found.unmet),
        "not_tried": found.untried,
        "original_not_tried": found.alone,
    }


def _bout(bout: Bout) -> dict[str, Any]:
    return {
        "answer": bout.item,
        "about": bout.about,
        "provider": bout.provider,
        "evidence": bout.known.grade.value,
        "why": bout.known.why,
        "openai": bout.known.openai,
        "rule": bout.known.rule,
        "broken": bout.broken,
        "beside": bout.beside.value,
        "after": _trial(bout.after),
        "before": None if bout.before is None else _trial(bout.before),
    }


def _trial(trial: Trial) -> dict[str, Any]:
    died = trial.crash
    return {
        "took": trial.took.value,
        "exit_code": trial.code,
        "asked_from": list(trial.asked),
        "exception": None if died is None else died.exception,
        "path": None if died is None else died.path,
        "line": None if died is None else died.line,
        "times_sent": trial.most,
        "unsaid": trial.unsaid,
    }
