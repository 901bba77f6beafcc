from openai import OpenAI

client = OpenAI()
MODEL = "gpt-3.5-turbo"


def ask(messages):
    reply = client.chat.completions.create(model=MODEL, messages=messages)
    return reply.choices[0].message.content


reply = client.chat.completions.create(
    model=MODEL,
    messages=[{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Hello"}],
)
print("developer", reply.choices[0].message.content)

reply = client.chat.completions.create(model=MODEL, messages=[{"role": "system", "content": "Tell a joke."}])
print("alone", reply.choices[0].message.content)

history = [{"role": "user", "content": "Hello"}]
history.append({"role": "assistant", "content": [{"type": "text", "text": "Hello, Ada."}]})
history.append({"role": "user", "content": "Who am I?"})
reply = client.chat.completions.create(model=MODEL, messages=history)
print("parts", reply.choices[0].message.content)

print("plain", ask([{"role": "user", "content": "Bye"}]))
