from openai import OpenAI

client = OpenAI()


def talk(text):
    for chunk in client.chat.completions.create(
        model="o3", messages=[{"role": "user", "content": text}], stream=True
    ):
        if chunk.choices:
            yield chunk.choices[0].delta.content


print("text:", "".join(talk("Say hello")))
