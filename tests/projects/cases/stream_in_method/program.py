import asyncio

from openai import AsyncOpenAI


class Bot:
    def __init__(self):
        self.client = AsyncOpenAI()

    async def stream(self, text):
        answer = await self.client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": text}],
            stream=True,
        )
        async for chunk in answer:
            yield chunk

    async def say(self, text):
        parts = []
        async for chunk in self.stream(text):
            if chunk.choices[0].delta.content:
                parts.append(chunk.choices[0].delta.content)
        print("text:", "".join(parts))


asyncio.run(Bot().say("Say hello"))
