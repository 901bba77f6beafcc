"""The vocabulary: frozen values that every other module speaks in.

Spans are half-open ranges of UTF-8 byte offsets into a file's decoded text without its byte-order mark;
that is what `ast` columns and libcst byte spans agree on. Locations are for people: 1-based lines and
columns in characters. Paths are POSIX and relative to the project root.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class UserError(Exception):
    """A mistake the user can mend: printed as one line, exit code 2."""


class SiteKind(str, Enum):
    """What a usage site is.

    FRAMEWORK is a framework's OpenAI class or function, constructed or called; REQUEST a raw HTTP or websocket call
    to an OpenAI host; URL such a host, KEY a literal key, MODEL a model name in a configuration file; PATCH a test's
    replacement of the SDK or of its host; DEPENDENCY a requirement on the SDK or on a framework's OpenAI part.
    """

    IMPORT = "import"
    CLIENT = "client"
    CALL = "call"
    FRAMEWORK = "framework"
    REQUEST = "request"
    SETTING = "setting"
    ENVIRONMENT = "environment"
    URL = "url"
    MODEL = "model"
    KEY = "key"
    EXCEPTION = "exception"
    TYPE = "type"
    PATCH = "patch"
    DEPENDENCY = "dependency"


class Certainty(str, Enum):
    """How sure we are that a site is OpenAI: direct bindings prove, callers and collections make it likely."""

    PROVED = "proved"
    LIKELY = "likely"
    GUESS = "guess"


class Compatibility(str, Enum):
    """How a site fares on a target."""

    SAME = "same"
    DIFFERS = "differs"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


class Fate(str, Enum):
    """Where a site ends; every site has exactly one, and the sum is checked."""

    REWRITTEN = "rewritten"
    REVIEW = "review"
    MANUAL = "manual"
    SKIPPED = "skipped"
    MIGRATED = "already migrated"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """UTF-8 byte offsets `[start, end)` in a file's decoded text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place for people: 1-based line and column in characters.

    `cell` is the 1-based number of a notebook's cell; lines then count inside it.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None

    def __str__(self) -> str:
        cell = f"cell {self.cell}:" if self.cell is not None else ""
        return f"{self.path}:{cell}{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Step:
    """One link of an evidence chain: `text` says in words what was seen at `location`. Never holds a key."""

    location: Location
    text: str


class Origin(str, Enum):
    """Where a value was found to come from."""

    LITERAL = "literal"
    ENVIRONMENT = "environment"
    FILE = "file"
    NONE = "none"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Value:
    """One value that can flow into an argument.

    `literal` is the constant (LITERAL), the environment default (ENVIRONMENT, None without one) or what a YAML, TOML,
    JSON or .env file of the project says (FILE). `path` and `span` say where the literal, or the read of the variable,
    stands: that is what an edit changes. `named` is the name it is defined under there (`DEFAULT_MODEL`,
    `Settings.model`, `llm.model`, `--model`), None for a literal at the call.
    `default_span` is where an environment default stands, in `default_path`. `guarded` says where the program
    compares this name with model names, so that changing it changes more than the request. A value that holds a
    key has `secret` set and its `literal` masked. `known` is the start of a text that is put together at run time
    (DYNAMIC), up to the first part that is not known.
    """

    origin: Origin
    path: str
    span: Span
    location: Location
    literal: str | int | float | bool | None = None
    variable: str | None = None
    read: str | None = None  # source text of the reader: "os.getenv", "os.environ[]", "os.environ.get", ...
    because: str | None = None  # why it is DYNAMIC
    via: tuple[Step, ...] = ()
    certainty: Certainty = Certainty.PROVED
    default_path: str | None = None
    default_span: Span | None = None
    guarded: str | None = None
    secret: bool = False
    named: str | None = None
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """A keyword that reaches the call, from the call itself or from a dictionary passed with `**`.

    `span` covers the value expression, `code` is its source text (masked when secret). For a keyword written at the
    call `dictionary` and `statement` are None; else one of them is the span, in `path`, of the dict display that
    holds it or of the statement `params["name"] = …` that stores it. `key` is the span of that key.
    """

    name: str
    path: str
    span: Span
    code: str
    values: tuple[Value, ...]
    dictionary: Span | None = None
    statement: Span | None = None
    key: Span | None = None

    @property
    def literal(self) -> str | int | float | bool | None:
        """The one literal this argument is known to have, else None."""
        known = {v.literal for v in self.values if v.origin is Origin.LITERAL}
        return (
            known.pop() if len(known) == 1 and all(v.origin is Origin.LITERAL for v in self.values) else None
        )


@dataclass(frozen=True, slots=True)
class Role:
    """A literal message role (`{"role": "developer", …}`) seen in a call's messages."""

    value: str
    path: str
    span: Span
    location: Location


MODEL_ARGUMENTS = ("model", "engine", "deployment_id")  # the last two before openai 1.0
FRAMEWORK_MODEL_ARGUMENTS = (
    *(
        "model",
        "model_name",
        "model_id",
        "ai_model_id",
        "llm_model",
        "llm",
        "id",
        "path",
        "model_name_or_path",
    ),
    *("embedding_model", "function_calling_llm", "manager_llm", "planning_llm"),
)

SiteId = tuple[str, int, str]  # path, start of the span, symbol


@dataclass(frozen=True, slots=True)
class Site:
    """One use of the OpenAI API.

    `symbol` is the dotted SDK name (`openai.AsyncOpenAI`, `chat.completions.create`, `openai.api_base`).
    `span` covers the whole expression or statement; `anchor` the part an edit starts from: the function of a
    call (`OpenAI` in `OpenAI(...)`), the assigned value of a setting, the last import of its block of an import.
    `clients` are the constructors or settings that feed a call, `unfollowed` the `**` expressions that could not
    be read. `framework` names the package (`langchain`) when the site is not the SDK's own. `form` says how a file
    that is not Python is written (`yaml`, `dotenv`, `shell`, `lock`, …): no rule may edit it as Python.
    """

    kind: SiteKind
    path: str
    span: Span
    location: Location
    symbol: str
    anchor: Span
    code: str
    endpoint: str | None = None
    legacy: bool = False
    certainty: Certainty = Certainty.PROVED
    evidence: tuple[Step, ...] = ()
    arguments: tuple[Argument, ...] = ()
    positional: int = 0
    unfollowed: tuple[str, ...] = ()
    clients: tuple[SiteId, ...] = ()
    elsewhere: str | None = None  # base URL host of another provider that this client already uses
    roles: tuple[Role, ...] = ()
    variable: str | None = None  # environment variable read here
    ignored: str | None = None  # reason given in a `# migrate: ignore` comment
    dotted: bool = False  # written through the module (`openai.OpenAI`), not an imported name
    framework: str | None = None
    form: str | None = None
    read: bool = False  # a SETTING of the module that is read, not made: nothing depends on it

    @property
    def id(self) -> SiteId:
        """Stable within one scan."""
        return (self.path, self.span.start, self.symbol)

    def argument(self, name: str) -> Argument | None:
        """The argument called `name`, or None."""
        return next((a for a in self.arguments if a.name == name), None)

    def named(self, name: str) -> tuple[Argument, ...]:
        """Every argument called `name`: alternatives that reach the call through different dictionaries."""
        return tuple(a for a in self.arguments if a.name == name)

    @property
    def model_arguments(self) -> tuple[Argument, ...]:
        """The arguments that name a model, `model` first."""
        names = MODEL_ARGUMENTS if self.framework is None else FRAMEWORK_MODEL_ARGUMENTS
        return tuple(a for name in names for a in self.named(name))


# --- operations: edits as data. `span` names the node the operation is about, by exact byte span. ---


@dataclass(frozen=True, slots=True)
class SetArgument:
    """Give the call at `span` the keyword `name` with the value `code`; replaces the value if it is there."""

    path: str
    span: Span
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class RemoveArgument:
    """Drop the keyword `name` from the call at `span`."""

    path: str
    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class RenameArgument:
    """Rename the keyword `name` of the call at `span` to `to`."""

    path: str
    span: Span
    name: str
    to: str


@dataclass(frozen=True, slots=True)
class SetItem:
    """Set the string key `name` of the dict display (or `dict(...)` call) at `span` to `code`."""

    path: str
    span: Span
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Drop the string key `name` from the dict display (or `dict(...)` call) at `span`."""

    path: str
    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class RenameItem:
    """Rename the string key `name` of the dict display (or `dict(...)` call) at `span` to `to`."""

    path: str
    span: Span
    name: str
    to: str


@dataclass(frozen=True, slots=True)
class ReplaceExpression:
    """Replace the expression at `span` by `code`. A string literal keeps its quotes and prefix style where it can."""

    path: str
    span: Span
    code: str


@dataclass(frozen=True, slots=True)
class InsertStatement:
    """Put the statement `code` on its own line before or after the simple statement at `span`, at its indent."""

    path: str
    span: Span
    code: str
    after: bool = True


@dataclass(frozen=True, slots=True)
class RemoveStatement:
    """Drop the simple statement at `span`; a block that would be left empty gets `pass`. Its comments stay."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class AddImport:
    """Make `code` (`import os`, `from openai import OpenAI`) bound at module level, unless it already is."""

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class RemoveImport:
    """Drop the imported name `name` of `module` everywhere in the file if nothing uses it any more."""

    path: str
    module: str
    name: str


Operation = (
    SetArgument
    | RemoveArgument
    | RenameArgument
    | SetItem
    | RemoveItem
    | RenameItem
    | ReplaceExpression
    | InsertStatement
    | RemoveStatement
    | AddImport
    | RemoveImport
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's identity: `code` (`SDK08`), kebab-case `name`, one-line `summary`, estimated `minutes` by hand."""

    code: str
    name: str
    summary: str
    minutes: int = 5


class Level(str, Enum):
    """What a finding asks for: an EDIT, a look, work by hand, or nothing (NOTE); MIGRATED and SKIP state a fact."""

    EDIT = "edit"
    REVIEW = "review"
    MANUAL = "manual"
    NOTE = "note"
    MIGRATED = "migrated"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one site for one target. `edits` is empty unless the rule can do it."""

    rule: Rule
    site: Site
    provider: str
    level: Level
    compatibility: Compatibility
    message: str
    advice: str | None = None
    edits: tuple[Operation, ...] = ()
    source: str | None = None  # where the fact behind it comes from


@dataclass(frozen=True, slots=True)
class Decision:
    """The fate of one site, why, and the findings that led there."""

    site: Site
    fate: Fate
    reason: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    """A file that was left out, with its reason; `problem` is true when it should have been read (exit code 3)."""

    path: str
    reason: str
    problem: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan saw: sites in path and line order, skipped files, and how many files were looked at.

    `frameworks` are packages imported in the candidate files that read OpenAI's variables themselves.
    `digests` are the SHA-256 of every file that was read as code: a plan is only good for those very bytes.
    """

    root: str
    sites: tuple[Site, ...]
    skips: tuple[Skip, ...]
    files: int
    candidates: int
    frameworks: tuple[str, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """The very change that would be written: decisions per site and operations per file."""

    scan: Scan
    provider: str
    decisions: tuple[Decision, ...]
    operations: Mapping[str, tuple[Operation, ...]] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)  # OpenAI model found -> target model


class Status(str, Enum):
    """What became of one file in a rewrite."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"  # dirty, read-only, changed meanwhile: left as it was
    FAILED = "failed"  # self-check failed or it could not be written: left as it was


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file of a rewrite: `before` and `after` are decoded texts, for the diff; equal unless CHANGED."""

    path: str
    status: Status
    before: str
    after: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished (or dry) rewrite. `run` names the journal entry, None when nothing was written."""

    plan: Plan
    decisions: tuple[Decision, ...]
    files: tuple[FileResult, ...]
    run: str | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """How a scan's sites would fare on one provider.

    `problem` says why no plan could be made, `blockers` what stands in the way.
    """

    provider: str
    name: str
    counts: Mapping[Fate, int]
    problem: str | None
    blockers: tuple[str, ...]
