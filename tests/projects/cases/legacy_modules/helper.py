def content(answer):
    choice = answer["choices"][0]
    return choice["message"]["content"].strip()


def tokens(answer):
    return answer["usage"]["total_tokens"]
