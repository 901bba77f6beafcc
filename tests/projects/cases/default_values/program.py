import argparse
import os
from dataclasses import dataclass, field
from enum import Enum

from openai import OpenAI

client = OpenAI()
messages = [{"role": "user", "content": "Say hello"}]
SMALL = "gpt-4o-mini"
DEFAULTS = {"model": "gpt-4o-mini", "temperature": 0.2}


class Models(str, Enum):
    SMALL = "gpt-4o-mini"


@dataclass
class Config:
    model: str = field(default="gpt-4o-mini")


class Bot:
    model = "gpt-4o-mini"

    def ask(self, **options):
        params = {"model": self.model, **options}
        return client.chat.completions.create(messages=messages, **params)


parser = argparse.ArgumentParser()
parser.add_argument("--model", default="gpt-4o-mini")
args = parser.parse_args()

answers = [
    client.chat.completions.create(model=SMALL, messages=messages),
    client.chat.completions.create(messages=messages, **DEFAULTS),
    client.chat.completions.create(model=Models.SMALL.value, messages=messages),
    client.chat.completions.create(model=Config().model, messages=messages),
    client.chat.completions.create(model=args.model, messages=messages),
    client.chat.completions.create(model=os.environ.get("MODEL", "gpt-4o-mini"), messages=messages),
    Bot().ask(),
]
print(len([a.choices[0].message.content for a in answers]), "answers")
