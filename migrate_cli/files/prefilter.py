"""The first filter: which files are worth more than reading their bytes.

Imports only `os`, because the pre-commit fast path stands on it. Plain `in` tests, because a regular
expression over the same bytes costs three times as much, and a case-blind one thirteen times.
"""

from __future__ import annotations

import os

_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins, which Python cannot run but editors write
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def is_seed(data: bytes) -> bool:
    """Whether a file can hold a usage of its own.

    It names OpenAI, one of its models or a library that takes bare model names, or it calls something shaped
    like an endpoint on a client that comes from elsewhere.
    """
    if data[:2] in _WIDE:
        data = data.replace(b"\0", b"")
    return (
        b"openai" in data
        or b"OpenAI" in data
        or b"OPENAI" in data
        or b"gpt-" in data
        or b".completions" in data
        or b".embeddings.create" in data
        or b".responses." in data
        or b".beta." in data
        or b".images." in data
        or b".audio." in data
        or b".moderations." in data
        or b".fine_tuning" in data
        or b".vector_stores" in data
        or b".files.create" in data
        or b"litellm" in data
        or b"tiktoken" in data
        or b"open_ai" in data
        or b"from agents import" in data
        or b"mem0" in data
        or b"DallE" in data
        or b"embedchain" in data
        or _holds_key(data)
    )


def is_seed_around(data: bytes, *, keys_only: bool) -> bool:
    """Whether a file that is not Python can hold a usage: a name of OpenAI's or a model's, or a literal key.

    `keys_only` is for prose and other languages, of which nothing but literal keys is read.
    """
    if data[:2] in _WIDE:
        data = data.replace(b"\0", b"")
    if _holds_key(data):
        return True
    if keys_only:
        return False
    data = data.lower()  # cheaper than the searches that it spares
    return (
        b"openai" in data
        or b"gpt-" in data
        or b"-mini" in data
        or b"tiktoken" in data
        or b"text-embedding-" in data
        or b"text-davinci" in data
        or b"dall-e" in data
        or b"whisper-1" in data
        or b"tts-1" in data
        or b"open_ai" in data
    )


def _holds_key(data: bytes) -> bool:
    """Whether one of the marks of OpenAI's keys stands in a file."""
    return b"sk-proj-" in data or b"T3BlbkFJ" in data or b"sk-svcacct-" in data or b"sk-admin-" in data


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The file's bytes. Raises OSError."""
    handle = os.open(path, _FLAGS)
    try:
        size = os.fstat(handle).st_size
        data = os.read(handle, size + 1)
        if len(data) == size:  # one byte more was asked for and did not come: this is the end
            return data
        parts = [data]
        while part := os.read(handle, 1 << 20):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(handle)
