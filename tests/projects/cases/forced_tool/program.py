import json

from openai import OpenAI

client = OpenAI()

EXTRACT = {
    "type": "function",
    "function": {
        "name": "extract",
        "parameters": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
    },
}

reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "I am Ada."}],
    tools=[EXTRACT],
    tool_choice="required",
)
call = reply.choices[0].message.tool_calls[0]
print("calls", call.function.name, sorted(json.loads(call.function.arguments)))

reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "I am Bob."}],
    tools=[EXTRACT],
    tool_choice={"type": "function", "function": {"name": "extract"}},
)
call = reply.choices[0].message.tool_calls[0]
print("again", call.function.name)
