"""A chat that waits for as long as it is told."""

import openai

client = openai.OpenAI()


class Refusal:
    """As much of an HTTP answer as the SDK's errors look at."""

    status_code, headers, request = 429, {}, None


def send(text, turn):
    if turn == 0:
        raise openai.RateLimitError("no", response=Refusal(), body=None)
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": text}])


for turn in range(2):
    try:
        print("answer:", send("Say hello", turn).choices[0].message.content)
    except openai.RateLimitError as error:
        print("waits", int(error.response.headers["retry-after"]))
