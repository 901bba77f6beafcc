"""Constructions that are written anew in the place of a text that names OpenAI."""

from __future__ import annotations

from migrate_cli.model import Argument, Operation, Origin, ReplaceExpression, Site, Value
from migrate_cli.rules.clients.client_endpoint import imported
from migrate_cli.rules.frameworks.models import split
from migrate_cli.rules.frameworks.requests import thinking, written
from migrate_cli.rules.support import quoted
from migrate_cli.targets.endpoint import Target


def text_here(site: Site) -> tuple[Argument, Value] | None:
    """The model of a site, where it is a text written at the very place; None when it comes from elsewhere."""
    for argument in site.model_arguments:
        for value in argument.values:
            here = value.path == site.path and value.span == argument.span
            if here and value.origin is Origin.LITERAL and isinstance(value.literal, str):
                return argument, value
    return None


def replacement_of(site: Site, target: Target, value: Value) -> tuple[str, str, str] | None:
    """Prefix, OpenAI's model and the one that takes its place; None where there is none, or none is needed."""
    prefix, name = split(site, str(value.literal))
    choice = target.choose(name)
    if choice is None or choice.to is None:
        return None
    return prefix, name, choice.to


def langchain_model(target: Target, old: str, new: str) -> str:
    """A chat object of LangChain for the target."""
    body, _, _ = thinking(target, [(old, new)])
    extra = f", extra_body={written(body)}" if body else ""
    return f"ChatOpenAI(model={quoted(new)}, {address_of(target)}{extra})"


def pydantic_model(target: Target, old: str, new: str) -> str:
    """A chat model of Pydantic AI for the target."""
    body, _, _ = thinking(target, [(old, new)])
    extra = f', settings={{"extra_body": {written(body)}}}' if body else ""
    return f"OpenAIChatModel({quoted(new)}, provider={pydantic_provider(target)}{extra})"


def pydantic_provider(target: Target) -> str:
    """A provider object of Pydantic AI for the target."""
    return f"OpenAIProvider({address_of(target)})"


def address_of(target: Target) -> str:
    """Base URL and key as keywords."""
    return f"base_url={quoted(target.base_url)}, api_key={target.key_code}"


def exchanged(site: Site, value: Value, code: str, target: Target) -> list[Operation]:
    """Operations that put `code`, which reads the key, in the place of a value."""
    return [ReplaceExpression(value.path, value.span, code), *imported(site.path, target.key_code)]
