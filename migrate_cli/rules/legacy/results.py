"""SDK04: answers of openai<1 that are read as dictionaries.

With `--upgrade-sdk`, `resp["choices"][0]["message"]["content"]`, `.get("usage")`, `"content" in delta` and their kin
become attributes wherever the answer goes: names, loops, streams, attributes of a class, functions of the project and
their callers. An answer that leaves what can be followed (it is returned to unknown callers, stored, passed to a
function of another package) becomes a dictionary where it arrives, and its readers stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Options, Rule, Safety, Site, SiteKind
from migrate_cli.rules.clients.client_endpoint import offered
from migrate_cli.rules.legacy.reading import read
from migrate_cli.rules.support import Example, Situation, bundled, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK04",
    "legacy-result",
    "answer of openai<1 that is read as a dictionary",
    10,
    Safety.SAFE,
    leaves="readers outside the project, and answers that are read both ways where it is not known which",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call whose answer has to be read in another way."""
    if site.kind is not SiteKind.CALL or not site.legacy or not situation.upgrade.moves(site):
        return
    if not offered(target, site.endpoint or ""):
        return
    reading = read(site)
    if not reading.edits:
        return
    words = (
        "the answer becomes a dictionary where it arrives" if reading.dumped else "read through attributes"
    )
    if reading.unsure is not None:
        yield bundled(review(RULE, site, target, f"{words}, but {reading.unsure}", *reading.edits), situation)
    else:
        yield bundled(edit(RULE, site, target, words, *reading.edits), situation)


UPGRADE = Options(upgrade_sdk=True)
HEAD = "import openai\n\nopenai.api_key = load()\n\n\n"
DONE = 'import openai\n\nclient = openai.OpenAI(api_key=load(), base_url="https://qianfan.baidubce.com/v2")\n\n\n'
ASK = 'openai.ChatCompletion.create(model="gpt-4o", messages=[]'
NEW = 'client.chat.completions.create(model="gpt-4o", messages=[]'
EXAMPLES = (
    Example(
        f"{HEAD}for chunk in {ASK}, stream=True):\n    delta = chunk['choices'][0]['delta']\n"
        '    if "content" in delta:\n        print(delta["content"], delta.get("role", ""))\n',
        f"{DONE}for chunk in {NEW}, stream=True):\n    delta = chunk.choices[0].delta\n"
        '    if delta.content is not None:\n        print(delta.content, delta.role or "")\n',
        beside=("SDK01", "SDK02"),
        options=UPGRADE,
    ),
    Example(
        f'{HEAD}def ask():\n    resp = {ASK})\n    print(resp["usage"], resp.id)\n    return resp\n',
        f"{DONE}def ask():\n    resp = {NEW}).model_dump(exclude_unset=True)\n"
        '    print(resp["usage"], resp["id"])\n    return resp\n',
        beside=("SDK01", "SDK02"),
        options=UPGRADE,
    ),
    Example.untouched(f'{HEAD}print({ASK})["choices"][0])\n'),
    Example.untouched('import requests\n\nprint(requests.post(url).json()["choices"][0]["message"])\n'),
    Example.untouched('data = load()\nprint(data["choices"][0]["message"]["content"])\n'),
)
