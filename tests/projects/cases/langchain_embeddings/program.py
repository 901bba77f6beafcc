"""Embeddings with LangChain: more texts than a provider takes at once."""

from langchain_openai import OpenAIEmbeddings

store = OpenAIEmbeddings(model="text-embedding-3-small")
vectors = store.embed_documents([f"text {number}" for number in range(70)])
print("vectors:", len(vectors), len({len(vector) for vector in vectors}))
