from openai import OpenAI

client = OpenAI()
messages = [{"role": "user", "content": "Say hello"}]
reply = client.chat.completions.create(model="gpt-4o-mini", messages=messages)
messages.append(reply.choices[0].message.model_dump())
messages.append({"role": "user", "content": "Again"})
reply = client.chat.completions.create(model="gpt-4o-mini", messages=messages)
print("answer:", reply.choices[0].message.content)
