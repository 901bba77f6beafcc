import base64

from openai import OpenAI

client = OpenAI()
encoded = base64.b64encode(b"not really an image").decode()
reply = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is this?"},
                {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{encoded}"}},
            ],
        }
    ],
)
print("seen:", reply.choices[0].message.content)
