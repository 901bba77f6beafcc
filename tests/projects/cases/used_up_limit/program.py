from openai import OpenAI

client = OpenAI()


def ask(question):
    answer = client.chat.completions.create(
        model="o3", messages=[{"role": "user", "content": question}], max_completion_tokens=100
    )
    return answer.choices[0].message.content


text = ask("Say hello")
print("text:", repr(text.strip()))
