"""Two agents of AutoGen 0.2, one of which asks a model."""

import os

from autogen import AssistantAgent, UserProxyAgent

config_list = [{"model": "gpt-4o-mini", "api_key": os.environ["OPENAI_API_KEY"], "price": [0, 0]}]
llm_config = {"config_list": config_list, "temperature": 0, "cache_seed": None}
writer = AssistantAgent("writer", llm_config=llm_config)
reader = UserProxyAgent("reader", human_input_mode="NEVER", code_execution_config=False, max_consecutive_auto_reply=0)
print("answer:", reader.initiate_chat(writer, message="Say hello", silent=True).chat_history[-1]["content"])
