import json

from openai import OpenAI

client = OpenAI()
tools = [
    {
        "type": "function",
        "function": {"name": "now", "description": "The time", "parameters": {"type": "object", "properties": {}}},
    }
]
messages = [{"role": "user", "content": "What time is it?"}]
answer = client.chat.completions.create(model="gpt-4o-mini", messages=messages, tools=tools)
message = answer.choices[0].message
messages.append(message)
for call in message.tool_calls:
    arguments = json.loads(call.function.arguments)
    print("ran with", arguments)
    messages.append({"role": "tool", "tool_call_id": call.id, "content": "noon"})
answer = client.chat.completions.create(model="gpt-4o-mini", messages=messages, tools=tools)
print("answer:", answer.choices[0].message.content)
