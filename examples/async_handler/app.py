"""Sort incoming mail with several questions at a time, in the style of an async web service.

The handlers get the client injected, as a web framework would do it.
"""

import asyncio
import json

from openai import AsyncOpenAI, RateLimitError

from settings import Settings

SETTINGS = Settings()

MAILS = [
    "My order 1042 has not arrived yet.",
    "Please send me the invoice for March again.",
    "Your new shop looks lovely!",
]


def get_client() -> AsyncOpenAI:
    """The client that the service hands to its handlers."""
    return AsyncOpenAI(api_key=SETTINGS.api_key, organization=SETTINGS.organization, max_retries=2)


async def classify(client: AsyncOpenAI, mail: str) -> dict:
    """Handle one mail: which department is it for?"""
    try:
        reply = await client.chat.completions.create(
            model="gpt-4o-mini",
            messages=[
                {"role": "system", "content": 'Answer in JSON, as {"answer": "delivery", "billing" or "other"}.'},
                {"role": "user", "content": mail},
            ],
            response_format={"type": "json_object"},
            max_tokens=50,
            user="mail-desk",
        )
    except RateLimitError:
        return {"answer": "later"}
    return json.loads(reply.choices[0].message.content)


async def handle(mails: list[str]) -> None:
    """Handle all mails at once and print where each goes."""
    client = get_client()
    answers = await asyncio.gather(*(classify(client, mail) for mail in mails))
    for mail, answer in zip(mails, answers):
        print(f"{answer['answer']:<20} {mail}")
    await client.close()


if __name__ == "__main__":
    asyncio.run(handle(MAILS))
