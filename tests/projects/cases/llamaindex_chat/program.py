"""A completion, a chat and a stream with LlamaIndex."""

from llama_index.core import Settings
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai import OpenAI

Settings.llm = OpenAI(model="gpt-4o-mini", max_tokens=2000)
print("complete:", Settings.llm.complete("What is tea?").text)
print("chat:", Settings.llm.chat([ChatMessage(role="user", content="Hello")]).message.content)
print("stream:", "".join(part.delta or "" for part in Settings.llm.stream_complete("Count.")))
print("window:", Settings.llm.metadata.context_window > 4000, Settings.llm.metadata.is_chat_model)
