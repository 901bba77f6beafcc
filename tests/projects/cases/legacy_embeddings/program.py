from openai import Embedding


def embed(texts):
    result = Embedding.create(input=texts, model="text-embedding-ada-002")
    return [row["embedding"] for row in sorted(result["data"], key=lambda row: row["index"])]


def usage(texts):
    return Embedding.create(input=texts, engine="text-embedding-ada-002")["usage"]["total_tokens"]


print("vectors:", len(embed(["one", "two"])), usage(["one"]) > 0)
