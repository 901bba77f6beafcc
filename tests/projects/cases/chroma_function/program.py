"""A collection that makes its vectors with OpenAI's function."""

import chromadb
from chromadb.config import Settings
from chromadb.utils.embedding_functions import OpenAIEmbeddingFunction

embed = OpenAIEmbeddingFunction(model_name="text-embedding-3-small")
client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
notes = client.create_collection("notes", embedding_function=embed)
notes.add(ids=["1", "2"], documents=["The cat sleeps", "It rains"])
print("found:", len(notes.query(query_texts=["cats"], n_results=1)["ids"][0]))
