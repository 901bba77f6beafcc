from shared import TOOLS, openai_like, tell
from zai import ZhipuAiClient
from zai.core import APIRequestFailedError

client = ZhipuAiClient(max_retries=0)
found = openai_like(
    client, "glm-5.3-flash", {"tools": TOOLS, "tool_choice": "required"}, APIRequestFailedError
)
tell(**found, width=len(client.embeddings.create(model="embedding-3", input=["a"]).data[0].embedding))
