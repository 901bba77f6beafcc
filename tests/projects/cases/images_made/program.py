from openai import OpenAI

client = OpenAI()
settings = {"quality": "hd", "style": "natural"}
poster = client.images.generate(model="dall-e-3", prompt="A harbour at dawn", style="vivid", quality="hd")
print("poster:", poster.data[0].url)
cover = client.images.generate(model="gpt-image-1", prompt="A mountain hut", n=1, **settings)
print("cover:", cover.data[0].url)
