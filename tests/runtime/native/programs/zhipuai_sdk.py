from shared import TOOLS, openai_like, tell
from zhipuai import ZhipuAI
from zhipuai.core._errors import APIRequestFailedError

client = ZhipuAI(max_retries=0)
found = openai_like(
    client, "glm-5.3-flash", {"tools": TOOLS, "tool_choice": "required"}, APIRequestFailedError
)
tell(**found, width=len(client.embeddings.create(model="embedding-3", input=["a"]).data[0].embedding))
