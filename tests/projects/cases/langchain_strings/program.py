"""Models chosen by a text, with LangChain."""

from langchain.agents import create_agent
from langchain.chat_models import init_chat_model

print("prefixed:", init_chat_model("openai:gpt-4o-mini").invoke("Hello").content)
print("bare:", init_chat_model("gpt-4o-mini", temperature=0.5).invoke("Hello").content)
agent = create_agent("openai:gpt-4o", tools=[])
print("agent:", agent.invoke({"messages": [{"role": "user", "content": "Hello"}]})["messages"][-1].content)
