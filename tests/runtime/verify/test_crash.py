"""Which exception ended a program, read from what it wrote to standard error; what it only told is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli.runtime.verify.crash import Crash, crash

HOME = Path("/home/me/app")
PLAIN = """starting
Traceback (most recent call last):
  File "/home/me/app/app.py", line 12, in <module>
    main()
  File "/home/me/app/lib/ask.py", line 7, in main
    json.loads(None)
    ~~~~~~~~~~^^^^^^
  File "/usr/lib/python3.12/json/__init__.py", line 339, in loads
    raise TypeError(f'the JSON object must be str')
TypeError: the JSON object must be str, and sk-proj-0123456789abcdef is none
"""
CHAINED = """Traceback (most recent call last):
  File "/home/me/app/app.py", line 3, in <module>
    ask()
ValueError: first
more of its message

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/home/me/app/app.py", line 5, in <module>
    raise SystemError
openai.APIError
"""
GROUP = """  + Exception Group Traceback (most recent call last):
  |   File "/home/me/app/app.py", line 9, in <module>
  |     asyncio.run(main())
  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/home/me/app/app.py", line 4, in work
    |     chunk.choices[0]
    | IndexError: list index out of range
    +------------------------------------
"""
THREAD = PLAIN.replace("Traceback", "Exception in thread Thread-1 (main):\nTraceback", 1)
INSTALLED = """Traceback (most recent call last):
  File "/home/me/app/.venv/lib/python3.12/site-packages/tool/run.py", line 4, in <module>
    x()
KeyError: 'choices'
"""
COMPILED = """Traceback (most recent call last):
  File "<string>", line 4, in <module>
KeyError: 'choices'
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PLAIN, Crash("TypeError", "lib/ask.py", 7)),
        (CHAINED, Crash("openai.APIError", "app.py", 5)),
        (GROUP, Crash("IndexError", "app.py", 4)),
        (INSTALLED, Crash("KeyError")),
        (COMPILED, Crash("KeyError")),
        (PLAIN.replace("/home/me/app/", ""), Crash("TypeError", "lib/ask.py", 7)),
    ],
)
def test_the_exception_and_the_programs_innermost_line(text: str, found: Crash) -> None:
    assert crash(text, HOME, died=True) == found


def test_no_message_is_kept() -> None:
    assert "sk-proj" not in repr(crash(PLAIN, HOME, died=True))


@pytest.mark.parametrize(
    "text", ["", "error: quota used up\n", "Traceback (most recent call last):\n", "ValueError: x\n"]
)
def test_a_program_that_ended_by_itself_has_not_crashed(text: str) -> None:
    assert crash(text, HOME, died=True) is None


@pytest.mark.parametrize("text", [PLAIN, CHAINED, GROUP])
def test_a_traceback_in_the_log_of_one_that_went_on_is_no_crash(text: str) -> None:
    assert crash(text, HOME, died=False) is None


def test_a_thread_that_died_is_one_though_the_program_went_on() -> None:
    assert crash(THREAD, HOME, died=False) == Crash("TypeError", "lib/ask.py", 7)


def test_a_line_that_nobody_knows_is_said_so() -> None:
    assert (Crash("KeyError").place, Crash("KeyError", "a.py", 3).place) == ("a line unknown", "a.py:3")
