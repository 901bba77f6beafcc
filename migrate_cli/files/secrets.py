"""Telling keys from text, so that none is ever shown. A doubtful literal counts as a key.

A key is known by its own form, by the name it is given to (`api_key="…"`), or because it goes on where
another one stopped (`"sk-…" + "…"`).
"""

from __future__ import annotations

import re

_KEY = re.compile(
    r"""(?<![A-Za-z0-9])(?:
      (?:(?:sk|xai|pplx|tp|fk|ak|tvly|nvapi)-|gsk_|sk_live_)(?=[\w-]*[0-9A-Z])[\w-]{16,}  # most of them
    | sk-(?=[\w-]*[a-z]{20})[\w-]{20,}                                    # no digit, but no words either
    | bce-v3/[\w-]+/[\w-]{8,}                                             # Qianfan
    | (?:AKID|LTAI|AKLT|AKIA|AIza|ALTAK-|hf_|ghp_|github_pat_)[\w-]{12,}  # cloud access keys
    | eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}                                # JSON web tokens (MiniMax)
    | [0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}                # Ark: a UUID
    | [0-9a-f]{32}\.[A-Za-z0-9]{8,}                                       # Zhipu: id.secret
    | (?=[A-Za-z]*[0-9])[A-Za-z0-9]{16,}:(?=[A-Za-z]*[0-9])[A-Za-z0-9]{16,}    # Spark: two runs
    | [0-9A-Fa-f]{32,}                                                    # Azure, SenseNova, digests
    | (?=[A-Za-z0-9]*[0-9][A-Za-z]*[0-9][A-Za-z]*[0-9])(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])[A-Za-z0-9]{32,}
    )""",
    re.VERBOSE | re.ASCII,
)
_NAMED = re.compile(
    r"""(?:api[_-]?key|secret|token|password|authorization)
        ["'\]]*\s*(?::[\w\s.|\[\]]{1,60})?[=:,]\s*(?:[\w.]{1,40}\(\s*)?  # the end of the name, an annotation, a wrapper
        [rbuf]?["'](?:Bearer\ +)?
        (?P<value>[A-Za-z0-9+/=_.~-]{16,})(?=["'])""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
# In a diff the next line starts with a sign.
_JOINED = re.compile(
    r"""…[^\s"'…]{2}["'][\s+\\-]*[rbuf]?["'](?P<value>[^"'\s…]{8,})(?=["'])""", re.ASCII | re.IGNORECASE
)
_WORDS = re.compile(
    r"(?<![a-z])(?:your|my|the|example|placeholder|dummy|fake|change|changeme|replace|insert|here|todo|test|testing|"
    r"empty|none|null|secret|token|password|key|enter|redacted|hidden|not|needed|required)(?![a-z])"
)
_PLAIN_NAME = re.compile(
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|(?:[a-z]+[-_./])+[a-z0-9]{1,12}|[\w-]+(?:/[\w.-]+)+", re.ASCII
)
_PREFIX = re.compile(r"^(?:sk|gsk|xai|pplx|tp|fk|ak|tvly|nvapi)[-_](?:live_|proj-|svcacct-|ant-|or-v1-)?")


def mask(text: str) -> str:
    """`text` with every key in it cut to its first three and last two characters: `sk-…9f`."""
    text = _KEY.sub(lambda match: _masked(match[0]), text)
    text = _NAMED.sub(lambda match: _cut(match) if _is_random(match["value"]) else match[0], text)
    if "…" in text:
        while (longer := _JOINED.sub(_cut, text)) != text:
            text = longer
    return text


def contains_key(text: str) -> bool:
    """Whether anything in `text` looks like a key."""
    return any(not _is_placeholder(match[0]) for match in _KEY.finditer(text)) or any(
        _is_random(match["value"]) for match in _NAMED.finditer(text)
    )


def looks_like_key(literal: str) -> bool:
    """Whether a whole literal looks like a key, rather than like a placeholder or any other value."""
    match = _KEY.fullmatch(literal.strip().removeprefix("Bearer").lstrip())
    return match is not None and not _is_placeholder(match[0])


def _masked(key: str) -> str:
    return key if _is_placeholder(key) else short(key)


def short(key: str) -> str:
    """All of a key that may be shown: its first three and last two characters."""
    return f"{key[:3]}…{key[-2:]}"


def _cut(match: re.Match[str]) -> str:
    """The whole match with its value cut, which it ends with."""
    return match[0].removesuffix(match["value"]) + short(match["value"])


def _is_random(value: str) -> bool:
    """Whether what a key's name is given can be a key: not a variable's name, a path or spelled-out words."""
    mixed = any(c.isdigit() for c in value) or (value != value.lower() and value != value.upper())
    return mixed and not _is_placeholder(value) and not _PLAIN_NAME.fullmatch(value)


def _is_placeholder(key: str) -> bool:
    """Documentation's stand-ins: spelled-out words, or one character over and over."""
    body = _PREFIX.sub("", key)
    if len(set(body) - {"-", "_"}) <= 3:
        return True
    # A real key may hold a word by chance, but not between two separators and without any digit.
    return not any(c.isdigit() for c in body) and _WORDS.search(body.lower()) is not None
