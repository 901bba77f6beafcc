from shared import openai_like, tell
from volcenginesdkarkruntime import Ark
from volcenginesdkarkruntime._exceptions import ArkBadRequestError

client = Ark(max_retries=0)
found = openai_like(client, "doubao-seed-2-0-lite-260428", {"temperature": 9}, ArkBadRequestError)
parts = [{"type": "text", "text": "Hello"}]
seen = client.multimodal_embeddings.create(
    model="doubao-embedding-vision-250615", input=parts, dimensions=1024
)
tell(**found, width=len(seen.data.embedding), created=seen.created)
