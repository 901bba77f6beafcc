"""Find the proverb that is nearest to what you say, by embeddings and cosine similarity.

    python search.py "do not wait"
"""

import math
import sys

from client import get_client

EMBEDDING_MODEL = "text-embedding-3-small"

PROVERBS = [
    "A stitch in time saves nine.",
    "Many hands make light work.",
    "Do not count your chickens before they hatch.",
    "Time and tide wait for no one.",
    "Still waters run deep.",
]


def embed(texts: list[str]) -> list[list[float]]:
    """One vector per text, in the order of the texts."""
    response = get_client().embeddings.create(model=EMBEDDING_MODEL, input=texts)
    return [item.embedding for item in sorted(response.data, key=lambda item: item.index)]


def cosine(a: list[float], b: list[float]) -> float:
    """The cosine of the angle between two vectors: 1 for the same direction."""
    dot = sum(x * y for x, y in zip(a, b))
    return dot / (math.hypot(*a) * math.hypot(*b))


def search(query: str, best: int = 2) -> list[tuple[float, str]]:
    """The `best` proverbs with their similarity, nearest first."""
    wanted, *vectors = embed([query, *PROVERBS])
    scored = [(cosine(wanted, vector), text) for vector, text in zip(vectors, PROVERBS)]
    return sorted(scored, reverse=True)[:best]


if __name__ == "__main__":
    for score, proverb in search(" ".join(sys.argv[1:]) or "do not wait"):
        print(f"{score:.2f}  {proverb}")
