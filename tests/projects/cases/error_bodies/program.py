"""Says why a request was refused."""

import openai

client = openai.OpenAI()
BODIES = {  # as the providers publish it: without an `error` object
    "api.siliconflow.cn": {"code": 20012, "message": "no such model", "data": None},
    "spark-api-open.xf-yun.com": {"message": "no such model"},
}


class Refusal:
    """As much of an HTTP answer as the SDK's errors look at."""

    status_code, headers, request = 400, {}, None

    def json(self):
        return BODIES[client.base_url.host]


def send():
    answer = Refusal()
    raise openai.BadRequestError("no", response=answer, body=answer.json())


try:
    send()
except openai.APIStatusError as error:
    print("refused:", error.response.json()["error"]["message"])
try:
    send()
except openai.APIStatusError as error:
    body = error.response.json()
    print("again:", body["error"]["message"])
