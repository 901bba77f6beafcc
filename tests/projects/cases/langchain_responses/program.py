"""A question by way of the Responses API, with LangChain."""

from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="gpt-4o-mini", use_responses_api=True)
print("answer:", llm.invoke("What is tea?").text)
deep = ChatOpenAI(model="gpt-4o-mini", reasoning={"effort": "low"})
print("again:", deep.invoke("What is tea?").text)
