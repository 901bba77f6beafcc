"""Which line of the program asked: the innermost frame that is neither a library's nor Python's own."""

from __future__ import annotations

import os
import sys
import sysconfig

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib is slow to import
_LIBRARY = sysconfig.get_paths()["stdlib"]
_FOREIGN = (_HERE + os.sep, _LIBRARY + os.sep)
_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")


def is_program(filename: str) -> bool:
    """Whether code of `filename` belongs to the program: no installed package, no library of Python, no guard."""
    if filename.startswith("<") or any(part in filename for part in _INSTALLED):
        return False
    return not os.path.abspath(filename).startswith(_FOREIGN)  # noqa: PTH100


def user_line() -> str | None:
    """`FILE:LINE` of the innermost frame of the program, its path absolute; None when only libraries are running."""
    frame = sys._getframe(1)
    while frame is not None:
        if is_program(frame.f_code.co_filename):
            return f"{os.path.abspath(frame.f_code.co_filename)}:{frame.f_lineno}"  # noqa: PTH100
        frame = frame.f_back  # type: ignore[assignment]
    return None
