"""Explain a word to a child, streamed to the terminal word by word.

    python chat.py [WORD]
"""

import os
import sys

from openai import APIError, OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])

SYSTEM = "You explain words to a curious eight-year-old. Two short sentences, no jargon."


def explain(word: str) -> str:
    """Print the explanation as it arrives and return the whole of it."""
    stream = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[
            {"role": "developer", "content": SYSTEM},
            {"role": "user", "content": f"What is {word}?"},
        ],
        temperature=0,
        max_tokens=200,
        stop="\n\n",
        stream=True,
        stream_options={"include_usage": True},
    )
    pieces = []
    for chunk in stream:
        if chunk.choices and chunk.choices[0].delta.content:
            piece = chunk.choices[0].delta.content
            print(piece, end="", flush=True)
            pieces.append(piece)
        if chunk.usage:
            print(f"\n({chunk.usage.total_tokens} tokens)")
    return "".join(pieces)


def main() -> int:
    word = sys.argv[1] if len(sys.argv) > 1 else "gravity"
    try:
        explain(word)
    except APIError as error:
        print(f"The model could not be asked: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
