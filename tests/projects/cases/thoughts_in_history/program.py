from openai import OpenAI

client = OpenAI()
tools = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "description": "The weather",
            "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
        },
    }
]
messages = [{"role": "user", "content": "How is the weather in Beijing?"}]


def ask():
    return client.chat.completions.create(model="o3", messages=messages, tools=tools)


message = ask().choices[0].message
messages.append(
    {
        "role": "assistant",
        "content": message.content,
        "tool_calls": [call.model_dump(exclude_none=True) for call in message.tool_calls],
    }
)
for call in message.tool_calls:
    messages.append({"role": "tool", "tool_call_id": call.id, "content": "sunny"})
print("answer:", ask().choices[0].message.content)
