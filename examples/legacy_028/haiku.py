"""Haiku on demand, written in 2023 for openai 0.28 and still in service.

    python haiku.py [SUBJECT]
"""

import os
import sys

import openai

openai.api_key = os.getenv("OPENAI_API_KEY")

POET = {"role": "system", "content": "You are a poet. You answer with one haiku and nothing else."}


def write(subject: str) -> str:
    """A haiku about `subject`."""
    response = openai.ChatCompletion.create(
        model="gpt-3.5-turbo",
        messages=[POET, {"role": "user", "content": subject}],
        temperature=0.7,
        max_tokens=60,
        top_p=0.9,
    )
    print(f"({response['usage']['total_tokens']} tokens)")
    return response["choices"][0]["message"]["content"].strip()


def improve(haiku: str) -> str:
    """A better version of `haiku`, printed while it is written."""
    words = []
    for chunk in openai.ChatCompletion.create(
        model="gpt-3.5-turbo",
        messages=[POET, {"role": "user", "content": f"Improve this one:\n{haiku}"}],
        stream=True,
    ):
        delta = chunk["choices"][0]["delta"]
        word = delta.get("content", "")
        print(word, end="", flush=True)
        words.append(word)
    print()
    return "".join(words)


if __name__ == "__main__":
    try:
        first = write(" ".join(sys.argv[1:]) or "autumn rain")
        print(first)
        improve(first)
    except openai.error.OpenAIError as error:
        sys.exit(f"No haiku today: {error}")
