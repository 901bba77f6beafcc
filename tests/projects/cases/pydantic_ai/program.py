"""Agents of Pydantic AI: by a text, by an object, and with a type as the answer."""

from pydantic import BaseModel
from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel


class Person(BaseModel):
    """A person."""

    answer: str


plain = Agent("openai:gpt-4o-mini", instructions="Be brief.")
print("text:", plain.run_sync("What is tea?").output)
model = OpenAIChatModel("gpt-4o-mini")
print("object:", Agent(model).run_sync("What is tea?").output)
typed = Agent("openai:gpt-4o", output_type=Person)
print("typed:", type(typed.run_sync("Ann is 30.").output).__name__)
