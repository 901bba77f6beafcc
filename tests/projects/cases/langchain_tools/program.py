"""A tool, one at a time, with LangChain."""

from langchain_core.tools import tool
from langchain_openai import ChatOpenAI


@tool
def weather(city: str) -> str:
    """The weather in a city."""
    return f"sunny in {city}"


llm = ChatOpenAI(model="gpt-4o-mini")
answer = llm.bind_tools([weather], parallel_tool_calls=False).invoke("What is the weather in Xi'an?")
print("calls:", *(call["name"] for call in answer.tool_calls))
forced = llm.bind_tools([weather], tool_choice="any").invoke("What is the weather in Lyon?")
print("forced:", *(call["name"] for call in forced.tool_calls))
