import configparser
import json
from pathlib import Path

from openai import OpenAI

config = json.loads((Path(__file__).parent / "config.json").read_text())["llm"]
settings = configparser.ConfigParser(inline_comment_prefixes=(";",))
settings.read(Path(__file__).parent / "settings.ini")

client = OpenAI(base_url=config["base_url"])
messages = [{"role": "user", "content": "Say hello"}]
reply = client.chat.completions.create(model=config["model"], messages=messages)
print("json:", reply.choices[0].message.content)
reply = client.chat.completions.create(model=settings["openai"]["model"], messages=messages)
print("ini:", reply.choices[0].message.content)
