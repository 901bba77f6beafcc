"""Re-scaling a known OpenAI workload to another tokenizer, given what kinds of text it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from migrate_cli.catalogue.tokenizers import Fit, Kind, Tokenizers
from migrate_cli.model import UserError

_OPTION = "--text-mix"
_EXAMPLE = f"for example {_OPTION} zh=0.8,en=0.2"

Mix = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Rescaled:
    """Tokens at the target: `tokens` rounded half up, the exact `factor`, and the share by which it may be off."""

    tokens: int
    factor: Decimal
    error: Decimal


def parse_mix(text: str, kinds: Mapping[str, Kind]) -> Mix:
    """`zh=0.8,en=0.2` as shares of the workload's tokens by kind of text, in the order given.

    Raises UserError for an unknown or repeated kind, a share that is not above 0 and at most 1, or another sum than 1.
    """
    mix: dict[str, Decimal] = {}
    for part in text.split(","):
        kind, separator, share = (piece.strip() for piece in part.partition("="))
        if not separator:
            raise UserError(f"{_OPTION} wants KIND=SHARE pairs, {_EXAMPLE}, and got {part.strip()!r}")
        if kind not in kinds:
            raise UserError(f"{_OPTION}: there is no kind of text {kind!r}; there are {', '.join(kinds)}")
        if kind in mix:
            raise UserError(f"{_OPTION} names {kind} twice")
        mix[kind] = _share(kind, share)
    total = sum(mix.values(), Decimal(0))
    if total != 1:
        raise UserError(f"{_OPTION}: the shares must add up to 1 and make {total:f}; {_EXAMPLE}")
    return mix


def rescale(tokens: int, mix: Mix, source: Fit, target: Fit, table: Tokenizers) -> Rescaled:
    """What `tokens` counted with the `source` vocabulary become under the `target` one, each kind at its own ratio.

    The same vocabulary on both sides changes nothing, exactly so when both are known to be the models' own. Raises
    KeyError for a kind that `table` does not have.
    """
    before, after = source.vocabulary.id, target.vocabulary.id
    ratios = (share * _ratio(table.kinds[kind], before, after) for kind, share in mix.items())
    factor = sum(ratios, Decimal(0))
    exact = before == after and source.known and target.known
    whole = (tokens * factor).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Rescaled(int(whole), factor, Decimal(0) if exact else max(source.error, target.error))


def _ratio(kind: Kind, before: str, after: str) -> Decimal:
    return kind.relative[after] / kind.relative[before]


def _share(kind: str, text: str) -> Decimal:
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(0)
    if not share.is_finite() or not 0 < share <= 1:
        raise UserError(f"{_OPTION}: the share of {kind} must be above 0 and at most 1, and is {text!r}")
    return share
