"""Embeddings with LlamaIndex: more texts than a provider takes at once."""

from llama_index.embeddings.openai import OpenAIEmbedding

embed = OpenAIEmbedding(model="text-embedding-3-small", max_retries=1)
vectors = embed.get_text_embedding_batch([f"text {number}" for number in range(70)])
print("vectors:", len(vectors), len({len(vector) for vector in vectors}))
