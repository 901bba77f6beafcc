import tiktoken
from openai import OpenAI

MODEL = "gpt-4o-mini"
print("encoding:", tiktoken.encoding_name_for_model(MODEL))
reply = OpenAI().chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "Say hello"}])
print("answer:", reply.choices[0].message.content)
