from unittest.mock import patch

import openai


def ask():
    messages = [{"role": "user", "content": "Say hello"}]
    return openai.ChatCompletion.create(model="gpt-4o-mini", messages=messages).choices[0].message.content


with patch(
    "openai.ChatCompletion.create",
    return_value={"choices": [{"index": 0, "message": {"role": "assistant", "content": "mocked"}}]},
):
    print("answer:", ask())
