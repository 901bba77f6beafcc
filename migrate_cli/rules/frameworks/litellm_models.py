"""FRM11: LiteLLM knows a provider by the prefix of the model's name, and OpenAI without any.

`completion(model="gpt-4o")` asks for `openai/MODEL` with `api_base` and `api_key` of the provider; a bare name of
another provider fails with `LLM Provider NOT provided`. LiteLLM has prefixes of its own for some of them (deepseek/,
dashscope/, moonshot/, zai/), which are not used: they go to a provider's international or beta host, and drop or
refuse parameters that its own interface takes. With `openai/` the request stays the one that was sent before.

The entries of a Router's `model_list` are changed in the same way, those of other vendors stay. Where the model comes
from the environment or a default argument, the change waits for a look.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.frameworks.configured import parts, pointed
from migrate_cli.rules.frameworks.moving import by_hand, moved_by, obstacle, settled
from migrate_cli.rules.frameworks.sampling import sampled
from migrate_cli.rules.frameworks.straight import moved
from migrate_cli.rules.support import Example, Situation, edit, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM11",
    "litellm-models",
    "LiteLLM told the provider by the model's name",
    15,
    Safety.SAFE,
    leaves="names that only run time knows; model lists in files; LiteLLM's proxy; other endpoints than chat and "
    "embeddings, which FRM00 speaks of",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for LiteLLM's calls and routers."""
    move = moved_by(RULE, site)
    if move is None:
        return
    if site.symbol.endswith(".Router"):
        yield from entries(RULE, site, target, move, "the router")
        yield from sampled(RULE, site, target, move)
    else:
        yield from moved(RULE, site, target, move)


def entries(rule: Rule, site: Site, target: Target, move: Move, owner: str) -> Iterator[Finding]:
    """One finding for each dictionary of a list that names an OpenAI model."""
    done = settled(rule, site, target)
    if done is not None:
        yield done
        return
    blocked = obstacle(site, target, move)
    if blocked is not None:
        yield manual(rule, site, target, blocked[0], compatibility=blocked[1], advice=blocked[2])
        return
    found = list(parts(site))
    if not found:
        words = f"the models of {owner} are known at run time only"
        yield manual(rule, site, target, words, advice=f"where they are OpenAI's: {by_hand(target, move)}")
    for part in found:
        became = pointed(site, target, move, part)
        if became.obstacle is not None:
            advice = by_hand(target, move)
            yield manual(rule, site, target, f"{owner}: {became.obstacle}", advice=advice)
        elif became.edits:
            words = "; ".join((f"{owner} points to {target.base_url}", *became.model.words))
            if became.model.doubt is not None:
                words = f"{words}, but {became.model.doubt}"
                yield review(rule, site, target, words, *became.edits)
            else:
                yield edit(rule, site, target, words, *became.edits, source=became.model.source)
        if became.remark is not None and became.obstacle is None:
            yield review(rule, site, target, became.remark)


EXAMPLES = (
    Example(
        'import litellm\n\nlitellm.completion(model="gpt-4o", messages=[])\n',
        "import os\n\nimport litellm\n\n"
        'litellm.completion(model="openai/ernie-5.0", messages=[], '
        'api_base="https://qianfan.baidubce.com/v2", api_key=os.environ["QIANFAN_API_KEY"])\n',
    ),
    Example(
        "import litellm\n\n"
        'router = litellm.Router(model_list=[{"model_name": "m", "litellm_params": {"model": "gpt-4o"}}])\n',
        "import os\n\nimport litellm\n\n"
        'router = litellm.Router(model_list=[{"model_name": "m", "litellm_params": {"model": '
        '"openai/ernie-5.0", "api_base": "https://qianfan.baidubce.com/v2", "api_key": '
        'os.environ["QIANFAN_API_KEY"]}}])\n',
    ),
    Example.untouched('import litellm\n\nlitellm.completion(model="groq/llama-3.3-70b", messages=[])\n'),
    Example.silent('import litellm\n\nlitellm.completion(model="anthropic/claude-3-5-haiku", messages=[])\n'),
    Example.told(
        "import litellm\n\n\ndef ask(model):\n    return litellm.completion(model=model, messages=[])\n",
        "told its model at run time",
    ),
    Example.untouched(
        'import litellm\n\nlitellm.completion(model="openai/local", messages=[], api_base="http://localhost:1/v1")\n'
    ),
)
