import re
from pathlib import Path

import openai

text = (Path(__file__).parent / "requirements.txt").read_text()
pin = re.search(r"openai==([\d.]+)", text)
assert pin is None or pin[1] == openai.__version__, f"another openai is installed than {pin[0]}"
reply = openai.ChatCompletion.create(
    model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}]
)
print("answer:", reply["choices"][0]["message"]["content"])
