"""A batch that skips what the provider's filter refuses."""

import openai

client = openai.OpenAI()
REFUSED = {  # as the providers publish it
    "open.bigmodel.cn": {"code": "1301", "message": "…"},
    "api.deepseek.com": {"code": "invalid_request_error", "message": "Content Exists Risk"},
    "dashscope.aliyuncs.com": {"code": "data_inspection_failed", "message": "Input data may contain …"},
    "api.moonshot.cn": {"type": "content_filter", "message": "The request was rejected"},
}


class Refusal:
    """As much of an HTTP answer as the SDK's errors look at."""

    status_code, headers, request = 400, {}, None


def send(text):
    if "forbidden" in text:
        body = REFUSED[client.base_url.host]
        raise openai.BadRequestError(f"Error code: 400 - {body['message']}", response=Refusal(), body=body)
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": text}])


for text in ("forbidden", "Say hello"):
    try:
        print("answer:", send(text).choices[0].message.content)
    except openai.BadRequestError as error:
        if "content management policy" not in str(error):
            raise
        print("skipped")
