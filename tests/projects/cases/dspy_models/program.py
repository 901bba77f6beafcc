import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # LiteLLM fetches prices at every start otherwise

"""A question to a model of DSPy."""

import dspy

lm = dspy.LM("openai/gpt-4o-mini", temperature=0.2, max_tokens=1500, cache=False)
print("answer:", lm("Say hello")[0])
