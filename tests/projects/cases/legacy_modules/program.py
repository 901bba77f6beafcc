import settings  # noqa: F401
import openai

from careful import careful
from helper import content, tokens


def ask(**options):
    if options.pop("verbose", False):
        print("asking")
    return openai.ChatCompletion.create(model="gpt-4o-mini", **options)


resp = careful(ask, messages=[{"role": "user", "content": "Hello"}], temperature=0.5)
print("answer:", content(resp), tokens(resp) > 0)
