"""Runs the program with the variables of each file, as Docker, Compose, Kubernetes and CI would set them."""

import os
import re
from pathlib import Path

HERE = Path(__file__).parent
KEYS = {name: os.environ.pop(name) for name in list(os.environ) if name.endswith("_API_KEY")}
GIVEN_AT_START = ("Dockerfile", "deployment.yaml")  # docker run -e, and a secret of the cluster
SETS = {
    "Dockerfile": r"(?m)^(?:ENV|   ) *(\w+)=(\S+)",
    "docker-compose.yml": r"- (\w+)=(\S+)",
    "deployment.yaml": r"- name: (\w+)\s+value: \"?([^\s\"]*)",
    ".github/workflows/ask.yml": r"(?m)^ +([A-Z_]+): (.+)$",
}
for file, pattern in SETS.items():
    given = dict(re.findall(pattern, (HERE / file).read_text()))
    secrets = {name: key for name, key in KEYS.items() if name in given or file in GIVEN_AT_START}
    os.environ.update({**given, **secrets})
    print(file, end=" ")
    exec(compile((HERE / "program.py").read_text(), "program.py", "exec"), {})
    for name in (*given, *secrets):
        os.environ.pop(name, None)
