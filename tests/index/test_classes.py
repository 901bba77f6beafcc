"""Attributes of objects: assignments, properties, inheritance, subclasses of the SDK."""

from __future__ import annotations

import pytest

from tests.index.resolving import shown

FOUND = {
    "self": """
        class A:
            def __init__(self):
                self.c = OpenAI()
            def f(self):
                show(self.c)
        """,
    "class body": """
        class A:
            c = OpenAI()
            def f(self):
                show(self.c)
        """,
    "late": """
        class A:
            c = None
            def load(self):
                self.c = OpenAI()
            def f(self):
                show(self.c)
        """,
    "property": """
        class A:
            @property
            def c(self):
                return OpenAI()
            def f(self):
                show(self.c)
        """,
    "cached property": """
        from functools import cached_property
        class A:
            @cached_property
            def c(self):
                return OpenAI()
            def f(self):
                show(self.c)
        """,
    "method": """
        class A:
            def make(self):
                return OpenAI()
            def f(self):
                show(self.make())
        """,
    "class method": """
        class A:
            @classmethod
            def make(cls):
                return OpenAI()
            def f(self):
                show(self.make())
        """,
    "base": """
        class Base:
            def __init__(self):
                self.c = OpenAI()
        class A(Base):
            def f(self):
                show(self.c)
        """,
    "template method": """
        class Base:
            def f(self):
                show(self.c)
        class A(Base):
            def __init__(self):
                self.c = OpenAI()
        """,
    "super": """
        class Base:
            def make(self):
                return OpenAI()
        class A(Base):
            def f(self):
                show(super().make())
        """,
    "dataclass field": """
        from dataclasses import dataclass, field
        @dataclass
        class A:
            c: OpenAI = field(default_factory=OpenAI)
            def f(self):
                show(self.c)
        """,
    "annotated field": """
        class A:
            c: OpenAI
            def f(self):
                show(self.c)
        """,
    "quoted annotation": """
        class A:
            def __init__(self, c: "OpenAI | None"):
                self.c = c
            def f(self):
                show(self.c)
        """,
    "constructor argument": """
        class A:
            def __init__(self, c):
                self.c = c
            def f(self):
                show(self.c)
        A(OpenAI())
        """,
    "behind another object": """
        class Context:
            def __init__(self):
                self.c = OpenAI()
        class A:
            def __init__(self):
                self.context = Context()
            def f(self):
                show(self.context.c)
        """,
    "object in a variable": """
        class A:
            def __init__(self):
                self.c = OpenAI()
        a = A()
        show(a.c)
        """,
    "own context manager": """
        class A:
            def __enter__(self):
                return OpenAI()
        with A() as c:
            show(c)
        """,
    "context manager function": """
        from contextlib import contextmanager
        @contextmanager
        def make():
            yield OpenAI()
        with make() as c:
            show(c)
        """,
    "derived from the SDK": """
        class A(OpenAI):
            pass
        show(A())
        """,
    "attribute of a derived client": """
        class A(OpenAI):
            def twin(self):
                return OpenAI()
        show(A().twin())
        """,
}


@pytest.mark.parametrize("case", FOUND)
def test_a_client_on_an_object_is_found(case: str) -> None:
    text = FOUND[case]
    assert shown({"app.py": f"        from openai import OpenAI\n{text}"}) - {"?", "client.copy"} == {
        "OpenAI"
    }


def test_getattr_hands_on_to_the_wrapped_client() -> None:
    text = """
        from openai import OpenAI
        class A:
            def __init__(self):
                self.c = OpenAI()
            def __getattr__(self, name):
                return getattr(self.c, name)
        show(A().chat)
    """
    assert shown({"app.py": text}) == {"OpenAI.chat"}


def test_a_derived_client_has_the_resources_of_its_base() -> None:
    text = """
        from openai import OpenAI
        class A(OpenAI):
            def f(self):
                show(self.chat)
    """
    assert shown({"app.py": text}) == {"OpenAI.chat"}


NOT = {
    "other attributes of a derived client": """
        class A(OpenAI):
            chat = Groq()
            def f(self):
                show(self.chat)
        """,
    "same attribute of another class": """
        class A:
            def __init__(self):
                self.c = OpenAI()
        class B:
            def __init__(self):
                self.c = Groq()
            def f(self):
                show(self.c)
        """,
    "overridden in a subclass": """
        class A:
            def make(self):
                return OpenAI()
        class B(A):
            def make(self):
                return Groq()
            def f(self):
                show(self.make())
        """,
    "static method without self": """
        class A:
            c = OpenAI()
            @staticmethod
            def f(self=Groq()):
                show(self)
        """,
    "other object's attribute": """
        class A:
            def __init__(self, other):
                other.c = OpenAI()
                self.c = Groq()
            def f(self):
                show(self.c)
        """,
    "derived from a vendor": """
        class A(Groq):
            def f(self):
                show(self.chat)
        """,
    "derived from a class of the SDK's name": """
        class Base:
            chat = Groq()
        class A(Base):
            def f(self):
                show(self.chat)
        """,
    "never set": """
        class A:
            def f(self):
                show(self.c)
        """,
    "circle of bases": """
        class A(B):
            def f(self):
                show(self.c)
        class B(A):
            pass
        """,
    "nested class has its own self": """
        class A:
            def __init__(self):
                self.c = OpenAI()
            class B:
                def f(self):
                    show(self.c)
        """,
}


@pytest.mark.parametrize("case", NOT)
def test_an_attribute_of_something_else_is_left_alone(case: str) -> None:
    head = "        from openai import OpenAI\n        from groq import Groq\n"
    assert not any("OpenAI" in word for word in shown({"app.py": head + NOT[case]}))
