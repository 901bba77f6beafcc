import os

import openai

openai.api_key = os.environ["OPENAI_API_KEY"]


def ask(text):
    return openai.ChatCompletion.create(
        engine="gpt-4o-mini",
        messages=[{"role": "user", "content": text}],
        api_base="https://api.openai.com/v1",
        api_version="2023-05-15",
    )


print("answer:", ask("Say hello")["choices"][0]["message"]["content"])
again = openai.ChatCompletion.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}])
print("again:", again.choices[0].message.content)
text = openai.Completion.create(model="gpt-3.5-turbo-instruct", prompt="Say hello", temperature=0, logit_bias={})
print("text:", text["choices"][0]["text"])
