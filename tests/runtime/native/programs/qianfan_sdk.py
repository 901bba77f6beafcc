import os

key = os.environ.pop(
    "QIANFAN_BEARER_TOKEN"
)  # before the import, which reads it: later on only the two keys are left

from qianfan import ChatCompletion, Qianfan  # noqa: E402
from qianfan.errors import APIError, RequestError  # noqa: E402
from shared import SAID, openai_like, tell  # noqa: E402

MODEL = "ernie-4.5-turbo-128k"
found = openai_like(Qianfan(api_key=key, retry_count=1), MODEL, {"temperature": 5}, RequestError)
try:
    ChatCompletion(model="ERNIE-4.0-8K").do(SAID, retry_count=1)
except APIError as failed:
    found["old"] = failed.error_code
signed = Qianfan(retry_count=1).chat.completions.create(model=MODEL, messages=SAID)
tell(**found, signed=signed.choices[0].message.content)
