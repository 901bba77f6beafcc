from openai import OpenAI

client = OpenAI()
answer = client.completions.create(model="gpt-3.5-turbo-instruct", prompt="Say hello", max_tokens=400)
print("answer:", answer.choices[0].text.strip())
