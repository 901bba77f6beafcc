"""A verification for people: what is wrong first, then what is not known, and the verdict at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from migrate_cli.report.verify_hostile_text import coped, render_hostility
from migrate_cli.report.words import heading, line, plural
from migrate_cli.runtime.verify.verdict import Fared, Sent, Verdict, Verification, is_openai

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.runtime.verify.compare import Comparison

_STYLES = {
    Fared.ANSWERED: "green",
    Fared.REFUSED: "red",
    Fared.ELSEWHERE: "red",
    Fared.LEAKED: "red",
    Fared.UNPLAYED: "yellow",
}
_EDITS = 5  # edits to come that are named; a project that was never moved has hundreds
_PLACES = 3  # lines named for one remark; there may be thousands


def render_verification(
    done: Verification, console: Console, *, quiet: bool = False, verbose: bool = False
) -> None:
    """Bad requests one by one, remarks by field, the refused connections, the comparison, and the verdict.

    `verbose` also lists the requests that were answered; `quiet` leaves out all but what is wrong and the verdict.
    """
    for sent, number in Counter(done.sent if verbose else done.bad).items():
        _request(sent, number, console)
    if not quiet:
        _remarks("ignored", done.ignored, console)
        _remarks("not proven", done.unproven, console)
    for escape in done.escapes:
        grave = escape.asks or is_openai(escape.host)
        if grave or not quiet:
            at = f" from {escape.source}" if escape.source else ""
            port = f":{escape.port}" if escape.port else ""
            line(console, ("out of reach  ", "red" if grave else "yellow"), f"{escape.host}{port}{at}")
    for unseen in done.unseen:
        at = f", started at {unseen.source}" if unseen.source else ""
        told = f"{unseen.program}{at}: {unseen.reason}; this run proves nothing about it"
        line(console, ("not seen      ", "yellow"), told)
    if not quiet:
        _pending(done, console)
    if done.ended.reason == "timeout":
        line(console, ("stopped       ", "yellow"), "the command ran until its time limit")
    if done.comparison is not None:
        _comparison(done.comparison, console, quiet=quiet)
    if done.hostility is not None:
        render_hostility(done.hostility, done.fatal, console, quiet=quiet, verbose=verbose)
    if not quiet and done.sent:
        counts = Counter(sent.fared for sent in done.sent)
        usual = (fared for fared in Fared if counts[fared] or fared is not Fared.UNPLAYED)
        parts = (f"{counts[fared]:,} {fared.value}" for fared in usual)
        line(console, (f"{plural(len(done.sent), 'request')} = {' + '.join(parts)}", "bold"))
    _verdict(done, console)


def _request(sent: Sent, number: int, console: Console) -> None:
    times = f" ({number:,} times)" if number > 1 else ""
    style = _STYLES[sent.fared]
    model = f" {sent.model}" if sent.model else ""
    line(
        console,
        (f"{sent.fared.value:<12}  ", style),
        (f"{sent.place}  ", "bold"),
        f"{sent.method} {sent.address}{model}{times}",
    )
    for text in _why(sent):
        line(console, f"{'':<14}{text}")


def _why(sent: Sent) -> list[str]:
    """What is wrong with a request, and what would mend it."""
    if sent.fared is Fared.ANSWERED:
        return []
    told = []
    if sent.fared is Fared.ELSEWHERE:
        told.append(f"this is not {sent.provider}: the program still asks somebody else")
    if sent.fared is Fared.LEAKED:
        told.append(f"what belongs to another account is sent along, in {', '.join(sent.leaks)}")
    if sent.reason and sent.fared is not Fared.ELSEWHERE:
        told.append(f"{sent.status}: {sent.reason}")
    if sent.rules:
        told.append(f"see {', '.join(f'`migrate explain {code}`' for code in sent.rules)}")
    return told


def _remarks(word: str, notes: Mapping[str, Sequence[Sent]], console: Console) -> None:
    for note, sent in notes.items():
        places = list(dict.fromkeys(each.place for each in sent))
        more = f" and {len(places) - _PLACES:,} more" if len(places) > _PLACES else ""
        where = f"{', '.join(places[:_PLACES])}{more}"
        line(console, (f"{word:<12}  ", "yellow"), f"{note}  ({plural(len(sent), 'request')}: {where})")


def _pending(done: Verification, console: Console) -> None:
    """The edits to come, a line each; the last line tells how to write them."""
    for edit in done.pending[:_EDITS]:
        line(console, ("not written   ", "yellow"), f"{edit.path}:{edit.line}  {edit.code} {edit.rule}")
    if done.pending:
        more = f"and {len(done.pending) - _EDITS:,} more; " if len(done.pending) > _EDITS else ""
        review = " --review" if any(edit.review for edit in done.pending) else ""
        told = f"{more}`migrate rewrite --to {done.providers[0][0]}{review}` writes them"
        line(console, f"{'':<14}{told}")


def _comparison(compared: Comparison, console: Console, *, quiet: bool) -> None:
    if not quiet:
        heading(console, f"Before and after: {compared.before:,} and {plural(compared.after, 'request')}")
        for change, number in compared.fields:
            line(console, ("changed       ", "dim"), f"{change}  ({plural(number, 'request')})")
    if compared.refused_before:
        told = f"{plural(compared.refused_before, 'request')} would not have been answered by OpenAI either"
        line(console, ("before        ", "yellow"), told)
    for word, found in (("only before", compared.lost), ("only after", compared.added)):
        for what, number in found:
            line(console, (f"{word:<12}  ", "red"), f"{what}  ({plural(number, 'request')})")


def _verdict(done: Verification, console: Console) -> None:
    verdict = done.verdict
    style = "green" if verdict is Verdict.PASSED else "red"
    line(console, (f"{verdict.value}: ", f"bold {style}"), _because(done))


def _because(done: Verification) -> str:
    """The sentence behind the verdict; it promises no more than the catalogue knows."""
    stopped = {
        "timeout": "the command was stopped at its time limit",
        "interrupted": "the command was interrupted",
    }
    beside = " that could be judged" if done.sent else ""
    reasons = {
        Verdict.REFUSED: f"{plural(len(done.bad), 'request')} would fail or went to the wrong place",
        Verdict.UNVERIFIED: f"the command sent no request{beside}, so nothing is proven",
        Verdict.FAILED: f"the command ended with exit code {done.ended.code}",
        Verdict.CHANGED: "the program does not ask what it asked before",
        Verdict.HOSTILE: _broken(done),
        Verdict.IGNORED: f"{plural(len(done.ignored), 'field')} without effect",
        Verdict.UNPROVEN: f"{plural(len(done.unproven), 'field')} not proven",
        Verdict.ESCAPED: _elsewhere(done),
    }
    if done.verdict is Verdict.UNVERIFIED and done.ended.reason is not None:
        return stopped[done.ended.reason]
    if done.verdict is Verdict.UNVERIFIED and done.unjudged:
        hosts = ", ".join(dict.fromkeys(escape.host for escape in done.unjudged))
        return f"{hosts} was asked by a way that could not be followed; --base-url leads a program to the stand-in"
    if done.verdict is Verdict.REFUSED and not done.bad:
        return "the program still asks OpenAI, by a way that could not be followed"
    if done.verdict in reasons:
        return reasons[done.verdict]
    names = ", ".join(f"{name} as of {as_of or 'an unknown date'}" for _, name, as_of in done.providers)
    parts = [
        f"verified against documented behaviour of {names}",
        f"{plural(len(done.unproven), 'field')} not proven",
        *([f"{plural(len(done.unseen), 'program')} not seen"] if done.unseen else []),
        *([coped(done.hostility)] if done.hostility is not None else []),
    ]
    return "; ".join(parts)


def _elsewhere(done: Verification) -> str:
    """What may have got out of sight."""
    told = [f"{plural(len(done.escapes), 'connection')} to elsewhere"] if done.escapes else []
    told += [f"{plural(len(done.unseen), 'program')} that the guard does not see into"] if done.unseen else []
    return " and ".join(told)


def _broken(done: Verification) -> str:
    """How many answers break the program; that the move is to blame is said where the original was tried."""
    told = f"{plural(len(done.fatal), 'hostile answer')} that it has to expect"
    alone = all(bout.fatal for bout in done.fatal)
    return f"{told} since the move" if alone else told
