from openai import OpenAI

client = OpenAI(max_retries=0)
QUESTION = [{"role": "user", "content": "Say hello"}]

reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=QUESTION,
    temperature=0,
    top_p=1,
    presence_penalty=0.3,
    max_completion_tokens=900,
    seed=0,
    stop=None,
    user="visitor-17",
    verbosity="low",
    store=True,
)
print("answer:", reply.choices[0].message.content)

options = {"model": "gpt-5-mini", "reasoning_effort": "minimal", "response_format": None}
reply = client.chat.completions.create(messages=QUESTION, **options)
print("again:", reply.choices[0].message.content)
