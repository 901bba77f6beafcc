import tiktoken
import tiktoken.model
from openai import OpenAI

# the rules of an encoding would have to be fetched
tiktoken.get_encoding = tiktoken.model.get_encoding = "rules of {}".format
MODEL = "gpt-4o-mini"


def encoding(model):
    return tiktoken.encoding_for_model(model)


print("encoding:", tiktoken.encoding_name_for_model(MODEL))
reply = OpenAI().chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "Say hello"}])
print("answer:", reply.choices[0].message.content)
print("counted by:", encoding(reply.model))
