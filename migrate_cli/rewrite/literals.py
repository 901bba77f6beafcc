"""String literals as text: which quotes a file likes, and giving them to new code."""

from __future__ import annotations

import io
import re
import tokenize

from migrate_cli.rewrite.errors import Refused

_LITERAL = re.compile(r"""(?P<prefix>[rRbBuU]*)(?P<quote>\"{3}|'{3}|"|')(?P<body>.*)(?P=quote)""", re.DOTALL)
_OPENED = re.compile(r"""[(\[{=,:]\s*(?:[rRbBuUfF]{0,2})(["'])(?!\1)""")


def habit(text: str) -> str:
    """The quote character that `text` uses most after an opening bracket, a comma, a colon or `=`."""
    quotes = _OPENED.findall(text)
    return "'" if quotes.count("'") > quotes.count('"') else '"'


def parts(code: str) -> tuple[str, str, str] | None:
    """Prefix, quote and body of `code` if it is one plain string literal, else None."""
    match = _LITERAL.fullmatch(code)
    if match is None:
        return None
    body, quote = match["body"], match["quote"]
    # A greedy match also swallows `"a" "b"`; a quote inside the body must be escaped or of another kind.
    if re.search(rf"(?<!\\)(?:\\\\)*{quote}", body) or (len(quote) == 1 and _has_newline(body)):
        return None
    return match["prefix"], quote, body


def refit(old: str, new: str) -> str:
    """`new` in the prefix and quotes of `old` where both are string literals and nothing would change."""
    before, after = parts(old), parts(new)
    if before is None or after is None or after[0] or "b" in before[0].lower():
        return new
    prefix, quote, _ = before
    body = after[2]
    if "\\" in body or quote[0] in body or _has_newline(body):
        return new
    return f"{prefix}{quote}{body}{quote}"


def requote(code: str, quote: str) -> str:
    """`code` with its simple string literals in `quote`, except where that would need escapes."""
    if ("'" if quote == '"' else '"') not in code:
        return code
    lines = io.StringIO(code, newline="").readlines()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code, newline="").readline))
    except (tokenize.TokenError, SyntaxError):
        raise Refused("the new code is not an expression") from None
    for token in reversed(tokens):
        found = parts(token.string) if token.type == tokenize.STRING else None
        if found is None or len(found[1]) != 1 or re.search(r"[\\'\"]", found[2]):
            continue
        (row, start), (_, end) = token.start, token.end
        line = lines[row - 1]
        lines[row - 1] = f"{line[:start]}{found[0]}{quote}{found[2]}{quote}{line[end:]}"
    return "".join(lines)


def _has_newline(body: str) -> bool:
    return "\n" in body or "\r" in body
