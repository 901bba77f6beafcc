"""What is to be done outside of the code once a finding is acted on: the steps of the hand-over."""

from __future__ import annotations

from migrate_cli.model import NextStep, StepKind


def rebuilt(model: str) -> NextStep:
    """Vectors of another model: what is stored has to be made again."""
    return NextStep(StepKind.INDEX, f"build every vector index again: {model} makes the vectors now")


def installed(requirement: str) -> NextStep:
    """A package that the program needs from now on."""
    quoted = requirement if requirement.replace("-", "").isalnum() else f'"{requirement}"'
    return NextStep(
        StepKind.PACKAGE, f"add {requirement} to the requirements and install it", f"pip install {quoted}"
    )


def raised(requirement: str) -> NextStep:
    """A requirement that was changed where it is written."""
    return NextStep(
        StepKind.PACKAGE,
        f"install {requirement}, which the requirements ask for now",
        f'pip install "{requirement}"',
    )


def refreshed(path: str, command: str | None) -> NextStep:
    """A lock file, which only its own tool writes."""
    return NextStep(StepKind.LOCK, f"refresh {path}", command)


def stored(name: str) -> NextStep:
    """A secret of the repository that a workflow now reads."""
    return NextStep(StepKind.SECRET, f"create the secret {name} in the repository's settings")


def guarded(provider: str) -> NextStep:
    """Requests of which only a run shows what they hold."""
    return NextStep(
        StepKind.TEST,
        "requests put together at run time were not checked: --guard does that when they are sent",
        f"migrate rewrite --to {provider} --guard",
    )


def allowed(host: str) -> NextStep:
    """A host that a list of hosts has to let through."""
    return NextStep(StepKind.HOST, f"allow {host} where outgoing requests are filtered")
