"""FRM17: CrewAI's `LLM`, which chooses the provider by the model's name.

It gets the provider's model, `provider="openai"` (so that CrewAI speaks the OpenAI protocol itself: a name that it
does not know would need LiteLLM), base URL and key. Releases before 1.0 know no `provider`: there the model is called
`openai/MODEL`, so the edit waits for a look. An agent that is given a text, or nothing, as its `llm` asks OpenAI: give
it the LLM object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Level, Options, Rule, Safety, Site
from migrate_cli.rules.frameworks.moving import moved_by
from migrate_cli.rules.frameworks.straight import moved
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM17",
    "crewai-models",
    "CrewAI's LLM without the provider's address, key and model",
    15,
    Safety.REVIEW,
    leaves="releases before 1.0; models in YAML files of agents; texts given as an agent's llm; strict output schemas",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for every construction of CrewAI's LLM."""
    move = moved_by(RULE, site)
    if move is not None:
        for finding in moved(RULE, site, target, move):
            unsure = finding.level is Level.EDIT
            words = f"{finding.message} (for crewAI 1.0 and later)" if unsure else finding.message
            yield replace(finding, level=Level.REVIEW if unsure else finding.level, message=words)


EXAMPLES = (
    Example(
        'from crewai import LLM\n\nllm = LLM(model="openai/gpt-4o", temperature=0.2)\n',
        "import os\n\nfrom crewai import LLM\n\n"
        'llm = LLM(model="ernie-5.0", temperature=0.2, base_url="https://qianfan.baidubce.com/v2", '
        'api_key=os.environ["QIANFAN_API_KEY"], provider="openai")\n',
        options=Options(review=True),
    ),
    Example.silent('from crewai import LLM\n\nllm = LLM(model="anthropic/claude-3-5-haiku")\n'),
    Example.untouched(
        'from crewai import LLM\n\nllm = LLM(model="openai/m", base_url="http://localhost:1/v1", api_key="k")\n'
    ),
)
