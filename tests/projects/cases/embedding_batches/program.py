from openai import OpenAI

client = OpenAI(max_retries=0)
TEXTS = [f"text number {number}" for number in range(32)]


def embed(texts):
    response = client.embeddings.create(model="text-embedding-3-small", input=texts)
    print(response.usage.total_tokens > 0, "tokens")
    return [item.embedding for item in response.data]


def embed_clean(texts):
    return [d.embedding for d in client.embeddings.create(
        model="text-embedding-3-small", input=[t.replace("\n", " ") for t in texts]
    ).data]


vectors = embed(TEXTS)
assert embed_clean(TEXTS) == vectors
assert embed(TEXTS[20:21])[0] == vectors[20]
print(f"{len(vectors)} vectors, in order")
