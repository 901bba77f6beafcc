import json

from openai import OpenAI

client = OpenAI(max_retries=0)
SCHEMA = {
    "type": "object",
    "properties": {"answer": {"type": "string"}, "near": {"type": "object", "properties": {"town": {"type": "string"}}}},
    "required": ["answer"],
}


def where(thing):
    reply = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[
            {"role": "system", "content": "You know every town."},
            {"role": "user", "content": f"Where is {thing}?"},
        ],
        response_format={"type": "json_schema", "json_schema": {"name": "town", "schema": SCHEMA}},
    )
    return json.loads(reply.choices[0].message.content)


print("town:", where("the tower")["answer"])
