from openai import OpenAI


class Encoding:
    def encode(self, text):
        return [ord(letter) for letter in text]


encoding = Encoding()
client = OpenAI(max_retries=0)
text = "A sentence to look for"
vector = client.embeddings.create(model="text-embedding-3-small", input=encoding.encode(text)).data[0].embedding
print("width", len(vector))
