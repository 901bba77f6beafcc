"""SDK04: how each way to read an answer of openai<1 is written for the current SDK."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api

HEAD = "import json\nimport openai\n\nopenai.api_key = load()\n\n\n"
CALL = 'openai.ChatCompletion.create(model="gpt-4o", messages=[])'
STREAM = 'openai.ChatCompletion.create(model="gpt-4o", messages=[], stream=True)'
DUMP = ".model_dump(exclude_unset=True)"

ATTRIBUTES = [
    ('print(r["choices"][0]["message"]["content"])', "print(r.choices[0].message.content)"),
    ("print(r['choices'][-1].message['content'])", "print(r.choices[-1].message.content)"),
    ("print(f\"{r['choices'][0]['message']['content']}!\")", 'print(f"{r.choices[0].message.content}!")'),
    ('print(r.get("usage"))', "print(r.usage)"),
    ('print(r.get("id", "none"))', 'print(r.id or "none")'),
    ('print("usage" in r)', "print(r.usage is not None)"),
    ('print("usage" not in r)', "print(r.usage is None)"),
    ('print(hasattr(r, "usage"))', "print(r.usage is not None)"),
    ('print([c["index"] for c in r["choices"][:2]])', "print([c.index for c in r.choices[:2]])"),
    (
        'for c in r["choices"]:\n    print(c["finish_reason"])',
        "for c in r.choices:\n    print(c.finish_reason)",
    ),
    ("print(json.dumps(r), r.id)", f"print(json.dumps(r{DUMP}), r.id)"),
    ('past.append(r["choices"][0]["message"])', f"past.append(r.choices[0].message{DUMP})"),
    ("print(r.to_dict_recursive(), r.id)", f"print(r{DUMP}, r.id)"),
]


def moved(folder: Path, source: str) -> str:
    """`source` after its move with `upgrade_sdk`, without what stands above the calls."""
    file = folder / "program.py"
    file.write_text(HEAD + source, encoding="utf-8")
    api.apply(api.plan(api.scan([file]), "ernie", select=("SDK",), upgrade_sdk=True), allow_dirty=True)
    return file.read_text(encoding="utf-8").partition("\n\n\n")[2]


@pytest.mark.parametrize(("before", "after"), ATTRIBUTES)
def test_reads_become_attributes(tmp_path: Path, before: str, after: str) -> None:
    text = moved(tmp_path, f"r = {CALL}\n{before}\n")
    assert text.partition("\n")[2] == f"{after}\n"


DICTIONARIES = [
    'r["extra"] = 1',
    "print(dict(r).items(), r[key])",
    "save(r)",
    'raw = {"answer": r}',
    'try:\n    print(r["choices"][0]["message"]["content"])\nexcept KeyError:\n    pass',
    'print([c["text"] for c in r["choices"]])',
    "print(r.items())",
]


@pytest.mark.parametrize("body", DICTIONARIES)
def test_what_cannot_be_followed_gets_a_dictionary(tmp_path: Path, body: str) -> None:
    text = moved(tmp_path, f"r = {CALL}\n{body}\n")
    first, _, rest = text.partition("\n")
    assert first.endswith(DUMP)
    assert rest == f"{body}\n"


def test_a_stream_that_leaves_gives_dictionaries(tmp_path: Path) -> None:
    text = moved(tmp_path, f"for chunk in {STREAM}:\n    save(chunk)\n")
    assert text.startswith(f"for chunk in (chunk{DUMP} for chunk in client.chat.completions.create(")


def test_an_answer_is_followed_to_callers(tmp_path: Path) -> None:
    text = moved(tmp_path, f'def ask():\n    return {CALL}\n\n\nprint(ask()["usage"]["total_tokens"])\n')
    assert "print(ask().usage.total_tokens)" in text
    assert DUMP not in text


LEFT_ALONE = [
    'data = json.loads(text)\nprint(data["choices"][0]["message"]["content"])',
    'import requests\nprint(requests.post(url).json()["choices"][0]["text"])',
    'print(cache["choices"], prices.get("usage"))',
    'def other(r):\n    return r["choices"][0]["message"]["content"]',
]


@pytest.mark.parametrize("body", LEFT_ALONE)
def test_other_dictionaries_stay(tmp_path: Path, body: str) -> None:
    text = moved(tmp_path, f"print({CALL}.id)\n{body}\n")
    assert text.endswith(f"{body}\n")


STAYING = [
    'openai.ChatCompletion.create("key", model="gpt-4o", messages=[])',
    "retry(openai.ChatCompletion.create)",
    'openai.ChatCompletion.create(model="gpt-4o", messages=[])  # migrate: ignore\n' + f"print({CALL})",
    f"setattr(openai, 'api_base', url)\nprint({CALL})",
]


@pytest.mark.parametrize("body", STAYING)
def test_a_program_that_cannot_move_whole_stays_whole(tmp_path: Path, body: str) -> None:
    text = moved(tmp_path, f"{body}\n")
    assert "openai.ChatCompletion.create" in text
    assert "chat.completions" not in text


def test_a_call_that_streams_at_times_is_read_both_ways(tmp_path: Path) -> None:
    body = (
        'r = openai.ChatCompletion.create(model="gpt-4o", messages=[], stream=flag)\n'
        'if not flag:\n    print(r["choices"][0]["message"]["content"])\n'
        'for part in r:\n    print(part["choices"][0].get("delta", {}).get("content", ""))\n'
    )
    text = moved(tmp_path, body)
    assert "print(r.choices[0].message.content)" in text
    assert 'print(part.choices[0].delta.content or "")' in text


def test_what_belongs_together_waits_for_one_look(tmp_path: Path) -> None:
    body = f"def point(url):\n    openai.api_base = url\n\n\nprint({CALL}['id'])\n"
    text = moved(tmp_path, body)
    assert "openai.ChatCompletion.create" in text
    assert text.endswith(")['id'])\n")


GATHERED = [
    'rs = await asyncio.gather(*[openai.ChatCompletion.acreate(model="gpt-4o", messages=[q]) for q in qs])\n'
    "    for i, r in enumerate(rs):\n        print(i, r.choices[0].message[{0}content{0}])",
    'for f in asyncio.as_completed([openai.ChatCompletion.acreate(model="gpt-4o", messages=[q]) for q in qs]):\n'
    "        r = await f\n        print(r[{0}choices{0}][0].message.content)",
]


@pytest.mark.parametrize("body", GATHERED)
def test_answers_that_are_awaited_together_are_read_through_attributes(tmp_path: Path, body: str) -> None:
    body = body.replace("{0}", "'")
    text = moved(tmp_path, f"import asyncio\n\n\nasync def ask(qs):\n    {body}\n")
    assert text.endswith("r.choices[0].message.content)\n")
    assert DUMP not in text


def test_what_a_function_gives_to_gather_is_read_in_one_way(tmp_path: Path) -> None:
    call = 'await openai.ChatCompletion.acreate(model="gpt-4o", messages=[])'
    both = "a, b = await asyncio.gather(one(), one())\n    print(a['id'], b.id)"
    source = f"import asyncio\n\n\nasync def one():\n    return {call}\n\n\nasync def two():\n    {both}\n"
    assert moved(tmp_path, source).endswith("print(a.id, b.id)\n")


def test_nothing_is_written_by_halves_while_one_of_it_waits(tmp_path: Path) -> None:
    doubt = 'openai.ChatCompletion.create(model="gpt-4o", messages=[], stream=flag)'
    file = tmp_path / "program.py"
    file.write_text(f"{HEAD}r = {doubt}\nsave(r)\n", encoding="utf-8")
    (tmp_path / ".env").write_text("OPENAI_API_KEY=\n", encoding="utf-8")
    made = api.plan(api.scan([tmp_path]), "glm", upgrade_sdk=True)
    assert made.operations == {}
    assert set(api.plan(api.scan([tmp_path]), "glm", upgrade_sdk=True, review=True).operations) >= {
        "program.py"
    }
