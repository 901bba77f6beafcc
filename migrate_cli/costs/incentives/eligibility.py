"""The conditions of offers, the question that settles each, and the user's answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrate_cli.catalogue.types import Offer
from migrate_cli.model import UserError


def questions(offers: Iterable[Offer]) -> Mapping[str, str]:
    """Each word that `--eligible` takes with its question, in the order of the offers."""
    return {need.word: need.question for offer in offers for need in offer.terms.needs}


def answers(
    eligible: Iterable[str], not_eligible: Iterable[str], offers: Iterable[Offer]
) -> Mapping[str, bool]:
    """The conditions of `offers` that the user meets (True) and does not meet (False); the others are left out.

    Words may be in any case, with `-` for `_`. Raises UserError for a word that no offer asks for, with the nearest one
    and its question, and for one that is answered both ways.
    """
    asked = questions(offers)
    met = [_word(word, asked, "--eligible") for word in eligible]
    missed = [_word(word, asked, "--not-eligible") for word in not_eligible]
    both = [word for word in met if word in missed]
    if both:
        raise UserError(f"{both[0]} is given with --eligible and with --not-eligible: leave one of them out")
    return {**dict.fromkeys(met, True), **dict.fromkeys(missed, False)}


def _word(given: str, asked: Mapping[str, str], option: str) -> str:
    import difflib

    word = given.strip().lower().replace("-", "_")
    if word in asked:
        return word
    near = difflib.get_close_matches(word, asked, n=1, cutoff=0.6)
    hint = (
        f"did you mean {near[0]}? It asks: {asked[near[0]]}"
        if near
        else f"known are {', '.join(asked) or 'none'}"
    )
    raise UserError(f"{option}: no offer asks for {given!r}; {hint}")
