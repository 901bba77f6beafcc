import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # LiteLLM fetches prices at every start otherwise

"""Vectors of DSPy's embedder."""

import dspy

embedder = dspy.Embedder("openai/text-embedding-3-small", caching=False)
print("vectors:", len(embedder([f"text {number}" for number in range(18)])))
