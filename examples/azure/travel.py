"""Three ideas for a weekend, from a model deployed on Azure OpenAI."""

import os
import sys

from openai import AzureOpenAI

client = AzureOpenAI(
    azure_endpoint=os.environ.get("AZURE_OPENAI_ENDPOINT", "https://example.openai.azure.com"),
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
    api_version="2024-10-21",
)


def ideas(city: str) -> str:
    """Three things to do in `city`."""
    reply = client.chat.completions.create(
        model="gpt-4o",
        messages=[
            {"role": "system", "content": "You are a travel guide who loves small museums and good bread."},
            {"role": "user", "content": f"Three ideas for a weekend in {city}, one line each."},
        ],
        max_tokens=150,
    )
    return reply.choices[0].message.content or ""


if __name__ == "__main__":
    print(ideas(" ".join(sys.argv[1:]) or "Lyon"))
