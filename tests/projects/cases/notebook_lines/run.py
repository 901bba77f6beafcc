"""Runs a notebook as Jupyter would, for a user who has put the key into its `%env` line and nowhere else."""

import json
import os
import re
from pathlib import Path

keys = {name: os.environ.pop(name) for name in list(os.environ) if name.endswith("_API_KEY")}
key = next(value for name, value in keys.items() if not name.startswith("OPENAI"))
book = json.loads((Path(__file__).parent / "chat.ipynb").read_text())
for cell in book["cells"]:
    source = "".join(cell["source"])
    magic = re.fullmatch(r"%env (\w+)=your-key", source)
    if magic:
        os.environ[magic[1]] = key
    else:
        exec(source, {})
