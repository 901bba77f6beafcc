"""What the program does with an answer, followed through names, loops, calls and returns."""

from __future__ import annotations

import pytest

from migrate_cli.model import Certainty, Use, Way
from tests.sites.scanning import HEAD, the_call

ASK = "client.chat.completions.create(model='m', messages=[])"
STREAM = "client.chat.completions.create(model='m', messages=[], stream=True)"


def uses(source: str) -> tuple[Use, ...]:
    """The uses of the answer of the one call in a program."""
    return the_call(HEAD + source).uses


def told(source: str, way: Way) -> list[str]:
    """The routes that are used in one way, as dotted text."""
    return [".".join(str(step) for step in use.route) for use in uses(source) if use.way is way]


@pytest.mark.parametrize(
    "source",
    [
        f"{ASK}.choices[0].message.content.strip()\n",
        f"r = {ASK}\nr.choices[0].message.content.strip()\n",
        f"r = {ASK}\nm = r.choices[0].message\nm.content.strip()\n",
        f"(r := {ASK}).id\nr.choices[0].message.content.strip()\n",
        f"r = {ASK}\nr['choices'][0]['message'].get('content').strip()\n",
        f"r = {ASK}\ngetattr(r, 'choices')[0].message.content.strip()\n",
        f"def ask():\n    return {ASK}\n\nask().choices[0].message.content.strip()\n",
        f"def ask():\n    r = {ASK}\n    return r.choices[0].message.content, r.usage\n\nt, u = ask()\nt.strip()\n",
        f"def show(r):\n    r.choices[0].message.content.strip()\n\nshow({ASK})\n",
        f"class A:\n    def a(self):\n        self.r = {ASK}\n    def b(self):\n"
        "        self.r.choices[0].message.content.strip()\n",
        f"d = {{'text': {ASK}.choices[0].message.content}}\nd['text'].strip()\n",
        f"import asyncio\nasync def f():\n    r = await asyncio.wait_for({ASK}, 5)\n"
        "    r.choices[0].message.content.strip()\n",
        f"import asyncio\nasync def f():\n    r = await asyncio.to_thread(lambda: {ASK})\n"
        "    r.choices[0].message.content.strip()\n",
        f"import asyncio\nasync def f():\n    _, r = await asyncio.gather(wait(), {ASK})\n"
        "    r.choices[0].message.content.strip()\n",
        f"import asyncio\nasync def f():\n    rs = await asyncio.gather(*[{ASK} for q in qs])\n"
        "    for i, r in enumerate(rs):\n        r.choices[0].message.content.strip()\n",
        f"import asyncio\nasync def f():\n    for done in asyncio.as_completed([{ASK} for q in qs]):\n"
        "        r = await done\n        r.choices[0].message.content.strip()\n",
    ],
)
def test_the_answer_is_followed_to_where_its_text_is_used(source: str) -> None:
    assert "choices.0.message.content" in told(source, Way.METHOD)


@pytest.mark.parametrize(
    "source",
    [
        f"for c in {STREAM}:\n    c.choices[0].delta.content.strip()\n",
        f"s = {STREAM}\nfor c in s:\n    d = c.choices[0].delta\n    d.content.strip()\n",
        f"with {STREAM} as s:\n    for c in s:\n        c.choices[0].delta.content.strip()\n",
        f"for i, c in enumerate({STREAM}):\n    c.choices[0].delta.content.strip()\n",
        f"[c.choices[0].delta.content.strip() for c in {STREAM}]\n",
        f"def chunks():\n    yield from {STREAM}\n\nfor c in chunks():\n    c.choices[0].delta.content.strip()\n",
        f"def chunks():\n    for c in {STREAM}:\n        yield c\n\nfor c in chunks():\n"
        "    c.choices[0].delta.content.strip()\n",
        f"next({STREAM}).choices[0].delta.content.strip()\n",
    ],
)
def test_the_chunks_of_a_stream_are_followed(source: str) -> None:
    assert "None.choices.0.delta.content" in told(source, Way.METHOD)


@pytest.mark.parametrize(
    ("source", "way", "detail"),
    [
        (f"import json\njson.loads({ASK}.id)\n", Way.ARGUMENT, "json.loads"),
        (f"print({ASK}.id)\n", Way.ARGUMENT, "builtins.print"),
        (f"ms.append({ASK}.id)\n", Way.APPEND, "ms"),
        (f"x = [{ASK}.id]\n", Way.BUILD, "0"),
        (f"x = {{'a': {ASK}.id}}\n", Way.BUILD, "a"),
        (f"TABLE[{ASK}.id]\n", Way.KEY, "TABLE"),
        (f"box.kept = {ASK}.id\n", Way.STORE, "box.kept"),
        (f"if {ASK}.id == 'x':\n    pass\n", Way.COMPARE, "=="),
        (f"match {ASK}.id:\n    case 'x':\n        pass\n", Way.COMPARE, "match"),
        (f"t = 'a' + {ASK}.id\n", Way.JOIN, "Add"),
        (f"t += {ASK}.id\n", Way.JOIN, "Add="),
        (f"r = {ASK}\nt = f'{{r.id}}'\n", Way.JOIN, "format"),
        (f"if {ASK}.id:\n    pass\n", Way.TEST, None),
    ],
)
def test_what_is_done_with_it_is_told(source: str, way: Way, detail: str | None) -> None:
    assert [use.detail for use in uses(source) if use.way is way] == [detail]


READ = f"r = {ASK}\n"


@pytest.mark.parametrize(
    "source",
    [
        "if r.usage:\n    r.usage.strip()\n",
        "if not r.usage:\n    raise ValueError\nr.usage.strip()\n",
        "u = r.usage\nif u is not None:\n    u.strip()\n",
        "r.usage and r.usage.strip()\n",
        "r.usage.strip() if r.usage else None\n",
        "(r.usage or '').strip()\n",
        "t = r.usage or ''\nt.strip()\n",
        "assert r.usage\nr.usage.strip()\n",
        "if hasattr(r, 'usage'):\n    r.usage.strip()\n",
    ],
)
def test_a_test_on_the_way_is_seen(source: str) -> None:
    assert [use.guarded for use in uses(READ + source) if use.way is Way.METHOD] == [True]


@pytest.mark.parametrize(
    "source",
    [
        "r.usage.strip()\n",
        "r.usage.strip()\nif r.usage:\n    pass\n",
        "if r.id:\n    r.usage.strip()\n",
        "if r.usage:\n    pass\nr.usage.strip()\n",
        "if r.usage.strip():\n    pass\n",
    ],
)
def test_a_test_elsewhere_is_none(source: str) -> None:
    assert [use.guarded for use in uses(READ + source) if use.way is Way.METHOD] == [False]


@pytest.mark.parametrize(
    "source",
    [
        f"r = {ASK}\nr = other()\nr.usage.strip()\n",
        f"def f(r):\n    r.usage.strip()\n\nr = {ASK}\n",
        f"r.usage.strip()\nr = {ASK}\n",
        f"r = {ASK}\ndef f():\n    r = other()\n    r.usage.strip()\n",
        f"r = len({ASK})\nr.usage.strip()\n",
        f"r = {ASK}\n[r.usage.strip() for r in others]\n",
    ],
)
def test_another_thing_of_the_same_name_is_left_alone(source: str) -> None:
    assert [use for use in uses(source) if use.way is Way.METHOD] == []


def test_where_something_else_may_come_too_the_use_is_likely() -> None:
    found = uses(f"r = {ASK}\nif x:\n    r = cached()\nr.usage.strip()\n")
    assert [use.certainty for use in found if use.way is Way.METHOD] == [Certainty.LIKELY]


def test_a_preset_of_none_leaves_it_certain() -> None:
    found = uses(f"r = None\nif x:\n    r = {ASK}\nr.usage.strip()\n")
    assert [use.certainty for use in found if use.way is Way.METHOD] == [Certainty.PROVED]


def test_the_loop_and_the_statement_in_it_are_told() -> None:
    found = uses(f"for c in {STREAM}:\n    a()\n    if b:\n        c.id.strip()\n")
    [use] = [use for use in found if use.way is Way.METHOD]
    text = (HEAD + f"for c in {STREAM}:\n    a()\n    if b:\n        c.id.strip()\n").encode()
    assert use.loop is not None and text[use.loop.start : use.loop.end] == b"a()"
    assert use.part is not None and text[use.part.start : use.part.end].startswith(b"if b")


@pytest.mark.parametrize(
    "source",
    [f"for c in {STREAM}: c.id.strip()\n", f"[c.id.strip() for c in {STREAM}]\n", f"{ASK}.id.strip()\n"],
)
def test_where_no_statement_can_be_put_in_no_loop_is_told(source: str) -> None:
    assert [use.loop for use in uses(source) if use.way is Way.METHOD] == [None]


def test_the_exceptions_of_the_innermost_try_are_told() -> None:
    found = uses(f"try:\n    {ASK}.id.strip()\nexcept (KeyError, openai.APIError):\n    pass\n")
    assert [use.caught for use in found if use.way is Way.METHOD] == [("KeyError", "openai.APIError")]


def test_a_handler_outside_a_function_is_none() -> None:
    found = uses(f"try:\n    def f():\n        {ASK}.id.strip()\nexcept KeyError:\n    pass\n")
    assert [use.caught for use in found if use.way is Way.METHOD] == [()]


def test_every_step_ends_where_it_is_written() -> None:
    [use] = [use for use in uses(f"r = {ASK}\nr['choices'][0].id.strip()\n") if use.way is Way.METHOD]
    code = use.code.encode()
    assert [code[: hop.end - use.span.start].decode() for hop in use.hops] == [
        "r['choices']",
        "r['choices'][0]",
        "r['choices'][0].id",
    ]


def test_a_guess_is_not_followed() -> None:
    source = "import openai\n\ndef f(thing):\n    thing.chat.completions.create(model='m').id.strip()\n"
    assert the_call(source).uses == ()
