"""A model client of AutoGen."""

import asyncio

from autogen_core.models import UserMessage
from autogen_ext.models.openai import OpenAIChatCompletionClient

client = OpenAIChatCompletionClient(model="gpt-4o-mini")
answer = asyncio.run(client.create([UserMessage(content="Hello", source="user")]))
print("answer:", answer.content)
