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
answer = client.chat.completions.create(model="gpt-4o-mini", messages=messages, tools=tools)
while answer.choices[0].finish_reason == "tool_calls":
    messages.append(answer.choices[0].message)
    for call in answer.choices[0].message.tool_calls:
        messages.append({"role": "tool", "tool_call_id": call.id, "content": "sunny"})
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=messages, tools=tools)
print("answer:", answer.choices[0].message.content)
