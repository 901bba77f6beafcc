import asyncio
import os

import openai

openai.api_key = os.environ["OPENAI_API_KEY"]


async def ask(question):
    resp = await openai.ChatCompletion.acreate(
        model="gpt-4o-mini", messages=[{"role": "user", "content": question}]
    )
    return resp["choices"][0]["message"]["content"]


async def words():
    async for chunk in await openai.ChatCompletion.acreate(
        model="gpt-4o-mini", messages=[{"role": "user", "content": "Count"}], stream=True
    ):
        for choice in chunk["choices"]:
            if "content" in choice["delta"]:
                yield choice["delta"]["content"]


async def main():
    print("both:", len(await asyncio.gather(ask("one"), ask("two"))))
    print("stream:", len([word async for word in words()]) > 0)


asyncio.run(main())
