"""A chat that shortens its history when the provider says that the prompt is too long."""

import openai

client = openai.OpenAI()
TOO_LONG = {"open.bigmodel.cn": "1261", "qianfan.baidubce.com": "tokens_too_long"}  # as the providers publish it


class Refusal:
    """As much of an HTTP answer as the SDK's errors look at."""

    status_code, headers, request = 400, {}, None


def send(messages):
    if len(messages) > 2:
        body = {"code": TOO_LONG[client.base_url.host], "message": "no"}
        raise openai.BadRequestError("no", response=Refusal(), body=body)
    return client.chat.completions.create(model="gpt-4o-mini", messages=messages)


def ask(messages):
    try:
        return send(messages).choices[0].message.content
    except openai.BadRequestError as error:
        if error.code == "context_length_exceeded":
            return ask(messages[-1:])
        raise


turns = ["user", "assistant", "user"]
print("answer:", ask([{"role": role, "content": "Say hello"} for role in turns]))
