import os
import re
from pathlib import Path

from openai import OpenAI

for line in (Path(__file__).parent / ".env").read_text().splitlines():
    found = re.match(r"(?:export )?(\w+)=\"?([^\"\s]*)", line)
    if found:
        os.environ.setdefault(found[1], found[2])

client = OpenAI(base_url=os.environ["OPENAI_BASE_URL"], api_key=os.environ["OPENAI_API_KEY"])
reply = client.chat.completions.create(
    model=os.environ["OPENAI_MODEL"],
    messages=[{"role": "user", "content": "Say hello"}],
)
print("answer:", reply.choices[0].message.content)
