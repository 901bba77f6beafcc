"""One use of the OpenAI API, with all that a rule may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from migrate_cli.model.places import Location, Span, Step
from migrate_cli.model.rows import Row
from migrate_cli.model.settings_field import SettingsField
from migrate_cli.model.uses import Caught, Use
from migrate_cli.model.values import Argument, Certainty, Shape


class SiteKind(str, Enum):
    """What a usage site is.

    FRAMEWORK is a framework's OpenAI class or function, constructed or called; REQUEST a raw HTTP or websocket call
    to an OpenAI host; URL such a host, KEY a literal key, MODEL a model name in a configuration file; PATCH a test's
    replacement of the SDK or of its host; DEPENDENCY a requirement on the SDK or on a framework's OpenAI part.
    A HINT is no use of OpenAI: it is a place near one that a move may break all the same (a vector width, a context
    window, a price table, a prompt that names the model). Hints are kept apart, in `Scan.hints`.
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
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Role:
    """A literal message role (`{"role": "developer", …}`) seen in a call's messages."""

    value: str
    path: str
    span: Span
    location: Location


MODEL_ARGUMENTS = ("model", "engine", "deployment_id")  # the last two before openai 1.0
# fmt: off
FRAMEWORK_MODEL_ARGUMENTS = (
    "model", "model_name", "model_id", "ai_model_id", "llm_model", "llm", "id", "path", "model_name_or_path",
    "embedding_model", "function_calling_llm", "manager_llm", "planning_llm",
)
# fmt: on

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
    `uses` are the places where the program reads the answer of a call, the error of an exception that it catches, or
    an object of a framework. `parts` are messages and parts of messages, written as dictionaries in the file of a call,
    that most likely belong to it although no argument is known to hold them. A HINT has its topic as `symbol`
    (`vector-width`). `row` is the line on which a file that is not Python names a variable.
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
    parts: tuple[Shape, ...] = ()
    variable: str | None = None  # environment variable read here
    ignored: str | None = None  # reason given in a `# migrate: ignore` comment
    dotted: bool = False  # written through the module (`openai.OpenAI`), not an imported name
    framework: str | None = None
    form: str | None = None
    uses: tuple[Use, ...] = ()
    read: bool = False  # a SETTING of the module that is read, not made, a URL that is only compared
    free: tuple[str, ...] = ()  # of an IMPORT of the SDK: names for clients that nothing in the file binds
    caught: Caught | None = None  # how an EXCEPTION is waited for
    field: SettingsField | None = None  # of an ENVIRONMENT site: how a field that can be edited is written
    branch: tuple[int, ...] = ()  # of a SETTING: the branches that it stands in, the outermost first
    row: Row | None = None

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
