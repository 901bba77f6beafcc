"""Embeddings without a model: texts that share words get vectors near each other, the same on every run."""

from __future__ import annotations

import base64
import hashlib
import math
import random
import re
import struct


def embed(text: str, width: int) -> list[float]:
    """A vector of `width` numbers and length 1 for `text`."""
    words = re.findall(r"\w+", text.lower()) or [text]
    total = [0.0] * width
    for word in words:
        total = [a + b for a, b in zip(total, _direction(word, width), strict=True)]
    length = math.sqrt(sum(x * x for x in total)) or 1.0
    return [x / length for x in total]


def packed(vector: list[float]) -> str:
    """The vector as base64 of little-endian 32-bit floats: what `encoding_format="base64"` asks for."""
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode("ascii")


def _direction(word: str, width: int) -> list[float]:
    source = random.Random(hashlib.sha256(word.encode()).digest())
    return [source.gauss(0.0, 1.0) for _ in range(width)]
