from openai import OpenAI

client = OpenAI()
TOOL = {
    "type": "function",
    "function": {
        "name": "weather",
        "strict": True,
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
            "additionalProperties": False,
        },
    },
}
messages = [{"role": "user", "content": "What is the weather in Xi'an?"}]
reply = client.chat.completions.create(
    model="gpt-4o-mini", messages=messages, tools=[TOOL], parallel_tool_calls=False
)
for call in reply.choices[0].message.tool_calls or []:
    print("calls", call.function.name)
reply = client.chat.completions.create(model="gpt-4o-mini", messages=messages, logit_bias={"50256": -100})
print("answer:", reply.choices[0].message.content)
