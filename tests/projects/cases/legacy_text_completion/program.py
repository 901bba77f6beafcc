import os

import openai

openai.api_key = os.environ["OPENAI_API_KEY"]


def complete(prompt):
    answer = openai.Completion.create(
        engine="gpt-3.5-turbo-instruct", prompt=prompt, max_tokens=400, temperature=0, logit_bias={}
    )
    print("tokens:", answer["usage"]["total_tokens"] > 0)
    return [choice["text"].strip() for choice in answer["choices"]]


print("answer:", complete("Say hello")[0])
