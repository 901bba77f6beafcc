"""CFG04: OpenAI's variables in a notebook's shell lines and magics: `%env OPENAI_API_KEY=…`, `!echo $OPENAI_API_KEY`.

They are treated like the lines of a deployment file (CFG01): the name changes where everything that reads it moves,
and a key that is written there never gets the provider's name. The Python of the cells is rewritten by the other
rules; outputs, metadata and every cell that does not change stay as they are, byte for byte.

Does not handle: cells that `%%bash` runs or `%%writefile` writes, and keys in outputs (POL01 tells them).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.around import deploy_file
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "CFG04",
    "notebook-line",
    "OpenAI's variables in a notebook's shell lines and magics",
    3,
    Safety.SAFE,
    leaves="cells that `%%bash` runs or `%%writefile` writes, and keys in outputs",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every variable in a shell line or magic."""
    if site.path.endswith(".ipynb"):
        for finding in deploy_file.variable(site, target, situation):
            yield replace(finding, rule=RULE)


def _notebook(*sources: str) -> str:
    """A notebook with code cells, each with an output that nobody may touch."""
    output = {"name": "stdout", "output_type": "stream", "text": ["OPENAI_API_KEY\n"]}
    cells = [
        {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [output], "source": source}
        for source in sources
    ]
    metadata = {"kernelspec": {"language": "python", "name": "python3"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


_CLIENT = "import os\nfrom openai import OpenAI\n\nclient = OpenAI()"
_POINTED = (
    "import os\nfrom openai import OpenAI\n\n"
    'client = OpenAI(base_url="https://qianfan.baidubce.com/v2", api_key=os.environ["QIANFAN_API_KEY"])'
)
EXAMPLES = (
    Example(
        _notebook("%env OPENAI_API_KEY=your-key\n!echo $OPENAI_API_KEY", _CLIENT),
        _notebook("%env QIANFAN_API_KEY=your-key\n!echo $QIANFAN_API_KEY", _POINTED),
        beside=("SDK08",),
        path="program.ipynb",
    ),
    Example.told(
        _notebook("%env OPENAI_API_KEY=your-key"), "OPENAI_API_KEY → QIANFAN_API_KEY", path="a.ipynb"
    ),
    Example.silent(_notebook("!echo done", "print('OPENAI')"), path="a.ipynb"),
)
