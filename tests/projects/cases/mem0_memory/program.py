import os
import tempfile

os.environ["MEM0_TELEMETRY"] = "False"
os.environ["MEM0_DIR"] = tempfile.mkdtemp()

"""A memory of facts, with a model and vectors."""

from mem0 import Memory

STORE = tempfile.mkdtemp()
CONFIG = {
    "llm": {"provider": "openai", "config": {"model": "gpt-4o-mini", "temperature": 0.1}},
    "embedder": {"provider": "openai", "config": {"model": "text-embedding-3-small"}},
    "vector_store": {"provider": "qdrant", "config": {"path": STORE, "embedding_model_dims": 1024}},
}
memory = Memory.from_config(CONFIG)
memory.add("I like tea", user_id="ann", infer=False)
print("found:", len(memory.search("tea", filters={"user_id": "ann"})["results"]))
print("answer:", memory.llm.generate_response([{"role": "user", "content": "Say hello"}]))
