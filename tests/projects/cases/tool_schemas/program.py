from openai import OpenAI

client = OpenAI()

TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "weather",
            "strict": True,
            "parameters": {
                "$schema": "http://json-schema.org/draft-07/schema#",
                "type": "object",
                "properties": {"city": {"type": ["string", "null"]}},
            },
        },
    }
]
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "How is the weather?"}],
    tools=TOOLS,
    parallel_tool_calls=False,
)
print("calls", reply.choices[0].message.tool_calls[0].function.name)
