"""The catalogue for people: the list of providers, and all that is known of one, each fact with its date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from migrate_cli.catalogue.types import Fact, Offer, Parameter, Price, Provider, Restriction, TargetModel
from migrate_cli.report.words import heading, line

if TYPE_CHECKING:
    from rich.console import Console

UNKNOWN = "unknown"


def render_providers(providers: Sequence[Provider], console: Console) -> None:
    """One line per platform: name to type, status, site, base URL, key variable. No URL is ever broken."""
    rows = [("--to", "STATUS", "SITE", "BASE URL", "KEY VARIABLE")]
    for provider in providers:
        for number, site in enumerate(provider.sites):
            first = (provider.id, provider.status) if number == 0 else ("", "")
            rows.append(
                (*first, site.name, site.base_url, _known(site.key_variable or provider.key_variable))
            )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [f"{cell:<{width}}  " for cell, width in zip(row, widths, strict=True)]
        line(console, (cells[0], "bold"), "".join(cells[1:]).rstrip())
    console.print()
    line(console, ("All facts about one of them: migrate providers NAME", "dim"))


@dataclass(frozen=True, slots=True)
class _Page:
    """Where facts are written, and whether with their sources."""

    console: Console
    sources: bool

    def title(self, text: str) -> None:
        heading(self.console, text)

    def fact(self, text: str, note: str | None, fact: Fact) -> None:
        line(self.console, f"  {text}", (f"  [{_date(fact)}]", "dim"))
        if note:
            line(self.console, (f"      {note}", "dim"))
        if self.sources:
            line(self.console, (f"      source: {_known(fact.source)}", "dim"))


def render_provider(
    provider: Provider, offers: Sequence[Offer], console: Console, *, sources: bool = False
) -> None:
    """Every fact about one provider and what it offers; what is not known says so.

    `sources` adds where each fact comes from.
    """
    page = _Page(console, sources)
    chinese = f" {provider.chinese_name}" if provider.chinese_name else ""
    line(console, (f"{provider.name}{chinese}", "bold"), f"  --to {provider.id}")
    line(console, f"also called: {', '.join(provider.aliases) or 'nothing else'}")
    line(console, f"status: {provider.status}. {provider.status_note}")
    line(console, f"catalogue as of {_known(provider.as_of)}")
    for section in (_addresses, _models, _replacements, _endpoints, _parameters, _errors, _sdk):
        section(provider, page)
    _offers(offers, console)
    if provider.pitfalls:
        page.title("Mind")
    for pitfall in provider.pitfalls:
        line(console, f"  - {pitfall}")


def _offers(offers: Sequence[Offer], console: Console) -> None:
    """What was offered to those who move, each with its verdict and date; nothing is said where nothing is known."""
    if offers:
        heading(console, "Offers")
    for offer in offers:
        until = f", until {offer.ends}" if offer.ends else ""
        verdict = offer.verdict.replace("_", " ")
        line(console, f"  {offer.title}: ", (verdict, "yellow"), until, (f"  [{_date(offer.fact)}]", "dim"))


def _errors(provider: Provider, page: _Page) -> None:
    if provider.errors:
        page.title("Errors")
    for error in provider.errors:
        page.fact(f"{error.when}: {_known(error.status)}", error.body or "body unknown", error.fact)


def _addresses(provider: Provider, page: _Page) -> None:
    page.title("Sites")
    for site in provider.sites:
        page.fact(f"{site.name}: {site.base_url}", site.note, site.fact)
        line(page.console, f"      keys at {_known(site.console)}")
    variable = f"key variable: {_known(provider.key_variable)}"
    others = f"also seen: {', '.join(provider.other_variables)}" if provider.other_variables else None
    page.fact(variable, others, provider.key_variable_fact)


def _models(provider: Provider, page: _Page) -> None:
    page.title("Models (prices as published, per 1M tokens unless said otherwise)")
    for model in provider.models.values():
        thinking = model.thinking.default if model.thinking else UNKNOWN
        facts = (
            f"{model.kind}, {model.status}",
            f"context {_known(model.context)}",
            f"output {_known(model.max_output)}",
            f"thinking {thinking}",
            *_embedding(model),
        )
        page.fact(f"{model.id}: {', '.join(facts)}", model.why or model.note, model.fact)
        for price in model.prices:
            line(page.console, "      ", *_price(price))


def _embedding(model: TargetModel) -> Iterable[str]:
    if model.embedding is not None:
        sizes = "/".join(str(size) for size in model.embedding.dimensions or ()) or UNKNOWN
        yield f"dimensions {sizes}"
        yield f"{_known(model.embedding.max_batch)} texts a request"


def _price(price: Price) -> tuple[str | tuple[str, str], ...]:
    rates = (
        f"input {_known(price.input)}",
        f"cached {_known(price.cached_input)}",
        f"output {_known(price.output)}",
        *(
            f"above {t.above_input_tokens:,} input tokens {_known(t.input)} / {_known(t.output)}"
            for t in price.tiers
        ),
        *([f"peak {_known(price.peak_input)} / {_known(price.peak_output)}"] if price.peak_hours else []),
    )
    unit = "" if price.unit == "1M_tokens" else f" per {price.unit}"
    where = f" on {price.site}" if price.site else ""
    reason = f" ({price.reason})" if price.reason else ""
    return (f"{price.currency}{unit}{where}: {', '.join(rates)}{reason}", (f"  [{_date(price.fact)}]", "dim"))


def _replacements(provider: Provider, page: _Page) -> None:
    page.title("Used instead of")
    for swap in provider.replacements.values():
        page.fact(f"{swap.model} -> {swap.to or 'nothing comparable'}", swap.note, swap.fact)


def _endpoints(provider: Provider, page: _Page) -> None:
    page.title("Endpoints")
    for endpoint in provider.endpoints.values():
        page.fact(
            f"{endpoint.name}: {endpoint.support.value}", endpoint.note or endpoint.instead, endpoint.fact
        )


def _parameters(provider: Provider, page: _Page) -> None:
    page.title("Parameters")
    for parameter in provider.parameters:
        limit = _restriction(parameter.restriction) if parameter.restriction else ""
        text = f"{parameter.name}: {parameter.support.value}{limit}{_models_of(parameter)}"
        page.fact(text, parameter.note, parameter.fact)


def _sdk(provider: Provider, page: _Page) -> None:
    page.title("Own SDK")
    sdk = provider.sdk
    maintained = {True: "maintained", False: "not maintained", None: "maintenance unknown"}[sdk.maintained]
    page.fact(f"{_known(sdk.package)} {sdk.version or ''}".strip() + f", {maintained}", sdk.note, sdk.fact)


def _models_of(parameter: Parameter) -> str:
    if parameter.models:
        return f", for {', '.join(parameter.models)}"
    return f", except {', '.join(parameter.except_models)}" if parameter.except_models else ""


def _restriction(restriction: Restriction) -> str:
    low = "more than" if restriction.exclusive_min else "from"
    parts = [f"{low} {restriction.min}"] if restriction.min is not None else []
    parts += [f"to {restriction.max}"] if restriction.max is not None else []
    parts += [f"at most {restriction.max_items} items"] if restriction.max_items is not None else []
    parts += [f"at least {restriction.min_chars} characters"] if restriction.min_chars is not None else []
    parts += [f"at most {restriction.max_chars} characters"] if restriction.max_chars is not None else []
    parts += [f"one of {', '.join(map(str, restriction.allowed))}"] if restriction.allowed is not None else []
    parts += [f"as a {restriction.type}"] if restriction.type else []
    return f" ({' '.join(parts)})" if parts else ""


def _date(fact: Fact) -> str:
    return f"as of {_known(fact.as_of)}, confidence {_known(fact.confidence)}"


def _known(value: Any) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
