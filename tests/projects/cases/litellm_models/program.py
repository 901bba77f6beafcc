import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # it fetches prices at every start otherwise

"""Calls of LiteLLM, by itself and through a router."""

import litellm

MESSAGES = [{"role": "user", "content": "Hello"}]
print("call:", litellm.completion(model="gpt-4o-mini", messages=MESSAGES).choices[0].message.content)
router = litellm.Router(model_list=[{"model_name": "main", "litellm_params": {"model": "openai/gpt-4o"}}])
print("router:", router.completion(model="main", messages=MESSAGES).choices[0].message.content)
