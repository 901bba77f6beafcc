"""Two agents, one with a tool and one without a model's name."""

from agents import Agent, Runner, function_tool


@function_tool
def weather(city: str) -> str:
    """The weather in a city."""
    return f"sunny in {city}"


cook = Agent(name="Cook", instructions="Be brief.", model="gpt-4o-mini")
guide = Agent(name="Guide", instructions="Use the tool.", model="gpt-4o", tools=[weather])
print("cook:", Runner.run_sync(cook, "What is tea?").final_output)
print("guide:", Runner.run_sync(guide, "What is the weather in Xi'an?").final_output)
