import os

from openai import AzureOpenAI

client = AzureOpenAI(
    azure_endpoint="https://shop.openai.azure.com",
    api_version="2024-06-01",
    api_key=os.getenv("AZURE_OPENAI_API_KEY"),
)
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Say hello"}],
)
print("answer:", reply.choices[0].message.content)
