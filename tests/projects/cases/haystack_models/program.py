"""A generator of Haystack."""

from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage

generator = OpenAIChatGenerator(model="gpt-4o-mini")
print("answer:", generator.run([ChatMessage.from_user("Hello")])["replies"][0].text)
