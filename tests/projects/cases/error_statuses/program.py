"""A chat that goes on when its parameters are refused."""

import openai

client = openai.OpenAI()


class Refusal:
    """As much of an HTTP answer as the SDK's errors look at."""

    status_code, headers, request = 422, {}, None


def send(text):
    if not text:
        raise openai.UnprocessableEntityError("Invalid Parameters", response=Refusal(), body=None)
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": text}])


for text in ("", "Say hello"):
    try:
        print("answer:", send(text).choices[0].message.content)
    except openai.BadRequestError:
        print("refused")
