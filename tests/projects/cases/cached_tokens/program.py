from openai import OpenAI

client = OpenAI()
answer = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Say hello"}])
usage = answer.usage
print("cached:", usage.prompt_tokens_details.cached_tokens)
