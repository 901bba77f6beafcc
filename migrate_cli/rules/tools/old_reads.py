"""`message.function_call` in the code that reads an answer, as `message.tool_calls[0].function`."""

from __future__ import annotations

from dataclasses import dataclass

from migrate_cli.model import HopKind, Operation, ReplaceExpression, Use, Way

_OLD = "function_call"
_LEAVING = (Way.RETURN, Way.YIELD, Way.STORE, Way.ARGUMENT, Way.BUILD)
_WHOLE = ("choices", "message")
_HELD = {"holds": "", "lacks": "not "}


@dataclass(frozen=True, slots=True)
class Owner:
    """The source of the message that holds a call, and how its parts are read."""

    code: str
    kind: HopKind
    rest: str = ""


def owner(use: Use) -> Owner | None:
    """The message in front of `.function_call`, None where this expression does not hold that step."""
    data = use.code.encode("utf-8")
    end = len(use.base.encode("utf-8"))
    for hop in use.hops:
        if hop.key == _OLD:
            rest = data[hop.end - use.span.start :].decode("utf-8")
            return Owner(data[:end].decode("utf-8"), hop.kind, rest)
        end = hop.end - use.span.start
    return None


def calls(message: Owner) -> str:
    """The tool calls of a message, where it may have none."""
    if message.kind is HopKind.GET:
        return f'{message.code}.get("tool_calls")'
    return (
        f"{message.code}.tool_calls" if message.kind is HopKind.ATTRIBUTE else f'{message.code}["tool_calls"]'
    )


def function(message: Owner) -> str:
    """The function of the first call of a message, which has one."""
    if message.kind is HopKind.ATTRIBUTE:
        return f"{message.code}.tool_calls[0].function"
    return f'{message.code}["tool_calls"][0]["function"]'


def identity(message: Owner) -> str:
    """The id of the first call of a message, which has one."""
    if message.kind is HopKind.ATTRIBUTE:
        return f"{message.code}.tool_calls[0].id"
    return f'{message.code}["tool_calls"][0]["id"]'


def read(use: Use, edits: list[Operation], blocks: list[str], default: str | None = None) -> None:
    """The edit of one use, or why there is none. `default` is what empty arguments stand for (TOL09)."""
    if _asks_how_it_ended(use):
        if use.detail in ("==", "!=") and use.outer is not None and len(use.literals) == 1:
            edits.append(ReplaceExpression(use.path, use.outer, f'{use.code} {use.detail} "tool_calls"'))
        else:
            blocks.append(f"{_where(use)}: compares the finish reason with function_call")
        return
    if _OLD in use.route and "delta" in use.route:
        blocks.append(f"{_where(use)}: puts a function call together from a stream")
        return
    if _OLD in use.literals and use.way is Way.COMPARE:
        if use.detail in _HELD and use.outer is not None:
            held = f'{_HELD[use.detail]}{use.code}.get("tool_calls")'
            edits.append(ReplaceExpression(use.path, use.outer, held))
        else:
            blocks.append(f"{_where(use)}: asks for function_call")
        return
    message = owner(use)
    if message is None:
        if _OLD in use.literals and use.way is Way.ARGUMENT:
            blocks.append(f"{_where(use)}: asks for function_call")
        return
    code = _new(use, message)
    if code is None or "…" in code:
        blocks.append(f"{_where(use)}: what becomes of function_call here is not known")
    else:
        code = code if default is None else f'{code} or "{default}"'
        edits.append(ReplaceExpression(use.path, use.span, code))


def _new(use: Use, message: Owner) -> str | None:
    if use.hops[-1].key != _OLD:
        return f"{function(message)}{message.rest}" if message.kind is not HopKind.GET else None
    if use.way is Way.TEST or (use.way is Way.COMPARE and use.literals == (None,)):
        return f"{calls(message)}{message.rest}"
    if use.way in (Way.ALIAS, Way.STORE, Way.RETURN):
        if message.kind is HopKind.GET:
            return f'({calls(message)} or [{{}}])[0].get("function")'
        return f"{function(message)} if {calls(message)} else None"
    return None


def _asks_how_it_ended(use: Use) -> bool:
    return use.route[-1:] == ("finish_reason",) and use.way is Way.COMPARE and _OLD in use.literals


def _where(use: Use) -> str:
    return f"line {use.location.line}"


def concerns(use: Use) -> bool:
    """Whether a use is about the function call of an answer."""
    return _OLD in use.route or _OLD in use.literals


def escapes(use: Use) -> bool:
    """Whether the answer, or the message in it, goes where it may be read out of sight."""
    parts = [step for step in use.route if isinstance(step, str)]
    if any(step not in _WHOLE for step in parts) or use.way not in _LEAVING:
        return False
    return not (use.detail or "").startswith("builtins.")
