"""An agent whose program says what the package may do: ask the Responses API, and trace."""

from agents import Agent, Runner, set_default_openai_api, set_tracing_disabled

set_default_openai_api("responses")
set_tracing_disabled(disabled=False)
cook = Agent(name="Cook", instructions="Be brief.", model="gpt-4o-mini")
print("cook:", Runner.run_sync(cook, "What is tea?").final_output)
