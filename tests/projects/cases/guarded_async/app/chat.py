import os

from openai import AsyncOpenAI

client = AsyncOpenAI(api_key=os.environ["OPENAI_API_KEY"], max_retries=0)
LIMITS = os.environ.get("LIMITS", "temperature=2 n=1").split()


async def ask(text):
    limits = {name: float(number) for name, _, number in (pair.partition("=") for pair in LIMITS)}
    limits["n"] = int(limits["n"])
    reply = await client.chat.completions.create(
        model=os.environ.get("CHAT_MODEL") or "gpt-4o-mini-2024-07-18",
        messages=[{"role": "user", "content": text}],
        **limits,
    )
    return reply.choices[0].message.content
