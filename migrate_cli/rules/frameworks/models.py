"""The model that a framework's object asks for, exchanged where its name is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate_cli.catalogue.frameworks import Move, frameworks
from migrate_cli.model import Argument, Certainty, Finding, Operation, Origin, Rule, Site, Value
from migrate_cli.rules.clients.model_name import MENU, in_a_file, replacement
from migrate_cli.rules.support import manual, note, put, quoted
from migrate_cli.targets.endpoint import Choice, Target

DEPLOYMENTS = ("azure_deployment", "deployment_name", "deployment", "engine")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What becomes of the model: the edits, in words, and why they are impossible or doubtful.

    `names` are the OpenAI models and what replaces them, `asides` what is to be said of values out of reach.
    """

    edits: tuple[Operation, ...] = ()
    words: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    obstacle: tuple[str, str] | None = None  # message and advice
    doubt: str | None = None
    source: str | None = None
    asides: tuple[Finding, ...] = ()


def exchange(rule: Rule, site: Site, target: Target, move: Move) -> Exchange:
    """The exchange of every model name that flows into a construction."""
    if target.id == "azure":
        return Exchange()
    values = [v for a in site.model_arguments for v in a.values if v.origin is not Origin.NONE]
    if not values:
        return absent(site, target, move)
    done = Exchange()
    beyond: list[Value] = []
    for value in values:
        if value.origin is not Origin.FILE and isinstance(value.literal, str) and value.literal:
            done = named(site, target, value, done, move.prefix)
        else:
            beyond.append(value)
            done = replace(done, names=(*done.names, *pair_in_a_file(site, target, value)))
    if done.obstacle is None:
        done = replace(done, asides=tuple(out_of_reach(rule, site, target, beyond)))
    if len({old for old, _ in done.names}) > MENU:
        return replace(done, doubt="it is one of several that the program chooses from")
    return done


def pair_in_a_file(site: Site, target: Target, value: Value) -> tuple[tuple[str, str], ...]:
    """The model that a file names, with what replaces it there."""
    name = split(site, str(value.literal))[1] if value.origin is Origin.FILE else None
    choice = target.choose(name) if name is not None else None
    return ((name, choice.to),) if name is not None and choice is not None and choice.to is not None else ()


def absent(site: Site, target: Target, move: Move) -> Exchange:
    """A construction that names no model asks for its class's own, or for a deployment of Azure."""
    given = next((a for name in DEPLOYMENTS if (a := site.argument(name)) is not None), None)
    name, origin = (
        (str(given.literal), "its deployment") if given is not None else (move.default, "its default")
    )
    choice = target.choose(name) if name is not None else None
    if choice is None and (given is not None or is_azure(site)):
        return Exchange(obstacle=unknown_deployment(given, target, move))
    if choice is None or name is None:
        return Exchange()
    if choice.to is None:
        return Exchange(obstacle=refusal(name, choice))
    return Exchange(
        (put(site, move.model, quoted((move.prefix or "") + choice.to)),),
        (f"{name} ({origin}) → {choice.to}",),
        ((name, choice.to),),
        source=choice.source,
    )


def is_azure(site: Site) -> bool:
    """Whether what is constructed asks Azure, where a deployment stands for the model."""
    return "Azure" in site.symbol.rsplit(".", 1)[-1]


def unknown_deployment(given: Argument | None, target: Target, move: Move) -> tuple[str, str]:
    """What to say of a deployment of Azure whose model nobody knows, and what to do."""
    if given is not None and isinstance(given.literal, str):
        words = f"the model behind the deployment {given.literal} is known to Azure only"
        return words, f"--model {given.literal}=NAME chooses its replacement"
    advice = (
        f"name a model of {target.provider.name} ({move.model}=…) and run this again, which does the rest"
    )
    if given is None:
        return (
            "no model is named: the deployment is set outside of this call, and its model is Azure's",
            advice,
        )
    return f"the model behind the deployment `{given.code}` is known to Azure only", advice


def named(site: Site, target: Target, value: Value, done: Exchange, lead: str | None = None) -> Exchange:
    """One model whose name is known; `lead` is what the new name starts with, if not what the old one did."""
    written, name = split(site, str(value.literal))
    prefix = written if lead is None else lead
    if target.serves(name) or done.obstacle is not None:
        return done
    choice = target.choose(name)
    if choice is None and vendor(site, name):
        words = f"{name} is another vendor's: not all that comes here is OpenAI's"
        return replace(done, obstacle=(words, "give address and key only to what is OpenAI's"))
    if choice is None:
        words = f"{name} is no model name that we know (a deployment or a fine-tune?)"
        return replace(done, obstacle=(words, f"--model {name}=NAME chooses its replacement"))
    if choice.to is None:
        return replace(done, obstacle=refusal(name, choice))
    remark = f" ({choice.note})" if choice.note else ""
    return replace(
        done,
        edits=(*done.edits, replacement(value, prefix + choice.to)),
        words=(*done.words, f"{name} → {choice.to}{remark}"),
        names=(*done.names, (name, choice.to)),
        doubt=done.doubt or doubt(target, value, choice.to),
        source=choice.source,
    )


def refusal(name: str, choice: Choice) -> tuple[str, str]:
    """What to say of a model that the provider has no replacement for."""
    return f"{name}: {choice.note or 'no replacement is known'}", f"--model {name}=NAME chooses one"


def doubt(target: Target, value: Value, to: str) -> str | None:
    """Why an exchange needs a look, if so."""
    chosen = target.model(to)
    if chosen is not None and chosen.status == "limited" and target.provider.status == "open":
        return chosen.note or f"{to} is limited"
    if value.guarded is not None:
        return f"{value.guarded} compares it with model names"
    return None if value.certainty is Certainty.PROVED else "it is only likely that this name comes here"


def out_of_reach(rule: Rule, site: Site, target: Target, values: list[Value]) -> Iterator[Finding]:
    """What is said of names in files, of each OpenAI model once; else of the first value that nobody knows."""
    named_there = [
        v
        for v in values
        if v.origin is Origin.FILE and target.choose(split(site, str(v.literal))[1]) is not None
    ]
    for value in named_there or values[:1]:
        yield from unknown(rule, site, target, value)


def unknown(rule: Rule, site: Site, target: Target, value: Value) -> Iterator[Finding]:
    """A model that is named elsewhere, or only at run time."""
    if value.origin is Origin.FILE:
        yield replace(in_a_file(site, target, value), rule=rule, place=value.location)
    elif value.origin is Origin.ENVIRONMENT:
        words = f"the model is read from {value.variable}: set it to a model of {target.provider.name}"
        yield note(rule, site, target, words)
    else:
        words = f"the model is decided at run time ({value.because or 'empty by default'})"
        found = manual(rule, site, target, words, advice=f"pass a model of {target.provider.name} there")
        yield replace(found, place=value.location if value.location.line else site.location)


def split(site: Site, name: str) -> tuple[str, str]:
    """A model name without the prefix that means OpenAI (`openai:`, `openai/`), and that prefix."""
    framework = frameworks().named(site.framework or "")
    use = framework.use(site.symbol) if framework is not None else None
    prefix = next((p for p in (use.prefixes if use is not None else ()) if name.startswith(p)), "")
    return prefix, name[len(prefix) :]


def vendor(site: Site, name: str) -> bool:
    """Whether a name begins with the prefix of a vendor that the framework knows beside OpenAI (`anthropic/…`)."""
    framework = frameworks().named(site.framework or "")
    use = framework.use(site.symbol) if framework is not None else None
    marks = {p[-1] for p in (use.prefixes if use is not None else ())}
    return not name.startswith("ft:") and any(mark in name for mark in marks)


def old_names(site: Site) -> tuple[str, ...]:
    """The OpenAI models that are known to flow into a construction, without prefixes."""
    found = (v.literal for a in site.model_arguments for v in a.values)
    return tuple(dict.fromkeys(split(site, name)[1] for name in found if isinstance(name, str) and name))


def pairs(site: Site, target: Target, default: str | None = None) -> tuple[tuple[str, str], ...]:
    """The models of a site (else its class's own) with what they become; one that has moved counts for itself."""
    names = old_names(site) or ((default,) if default is not None else ())
    found: list[tuple[str, str]] = []
    for name in names:
        choice = target.choose(name)
        if target.serves(name):
            found.append((name, name))
        elif choice is not None and choice.to is not None:
            found.append((name, choice.to))
    return tuple(found)
