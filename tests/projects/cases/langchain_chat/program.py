"""A chain, a stream and a tool loop with LangChain."""

import os

from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

MODEL = os.environ.get("CHAT_MODEL", "gpt-4o-mini")


@tool
def weather(city: str) -> str:
    """The weather in a city."""
    return f"sunny in {city}"


llm = ChatOpenAI(model=MODEL, api_key=os.getenv("OPENAI_API_KEY"), temperature=0, max_tokens=2000, organization="org-x")
chain = ChatPromptTemplate.from_messages([("system", "Be brief."), ("user", "{question}")]) | llm
print("answer:", chain.invoke({"question": "What is tea?"}).content)
print("stream:", "".join(str(chunk.content) for chunk in llm.stream("Count to three.")))

bound = llm.bind_tools([weather])
messages = [HumanMessage("What is the weather in Xi'an?")]
first = bound.invoke(messages)
messages.append(first)
messages += [ToolMessage(weather.invoke(call["args"]), tool_call_id=call["id"]) for call in first.tool_calls]
print("tools:", len(first.tool_calls), bound.invoke(messages).content)
