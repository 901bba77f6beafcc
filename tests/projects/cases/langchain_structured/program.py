"""An object as the answer, with LangChain."""

from langchain_openai import ChatOpenAI
from pydantic import BaseModel


class Person(BaseModel):
    """A person."""

    name: str = ""
    age: int = 0


llm = ChatOpenAI(model="gpt-4o")
print("person:", type(llm.with_structured_output(Person).invoke("Ann is 30.")).__name__)
