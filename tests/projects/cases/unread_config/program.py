import re
from pathlib import Path

from openai import OpenAI

text = (Path(__file__).parent / "settings.toml").read_text()
values = dict(re.findall(r'^(\w+) = "(.*)"', text, re.MULTILINE))
client = OpenAI()
reply = client.chat.completions.create(
    model=values["model"], messages=[{"role": "user", "content": "Say hello"}]
)
print("answer:", reply.choices[0].message.content)
