from openai import OpenAI

client = OpenAI()
LANGUAGE = "French"
messages = [
    {"role": "system", "content": "Be brief."},
    # the user's own wish
    {"role": "user", "content": "Say hello"},
]
reply = client.chat.completions.create(
    model="gpt-4o",
    messages=[
        {"role": "system", "content": "Be brief."},
        {"role": "system", "content": f"Answer in {LANGUAGE}."},
        {"role": "developer", "content": "Answer in a word."},
        {"role": "user", "content": "Say hello"},
    ],
)
print("first", reply.choices[0].message.content)
reply = client.chat.completions.create(model="gpt-4o", messages=messages)
print("second", reply.choices[0].message.content)
