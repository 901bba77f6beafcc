"""An object as the answer, with instructor around a client and with its own."""

import instructor
from openai import OpenAI
from pydantic import BaseModel


class Person(BaseModel):
    """A person."""

    answer: str


QUESTION = [{"role": "user", "content": "Ann is 30."}]
wrapped = instructor.from_openai(OpenAI())
person = wrapped.chat.completions.create(model="gpt-4o", response_model=Person, messages=QUESTION)
print("wrapped:", type(person).__name__)
made = instructor.from_provider("openai/gpt-4o-mini")
print("made:", type(made.chat.completions.create(response_model=Person, messages=QUESTION)).__name__)
