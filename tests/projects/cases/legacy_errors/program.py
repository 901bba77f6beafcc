import os

import openai
from openai.error import InvalidRequestError, RateLimitError, Timeout as Slow

openai.api_key = os.getenv("OPENAI_API_KEY")


def ask(question):
    try:
        reply = openai.ChatCompletion.create(
            model="gpt-4o-mini", messages=[{"role": "user", "content": question["text"]}]
        )
        return reply["choices"][0]["message"]["content"]
    except (openai.error.APIConnectionError, openai.error.ServiceUnavailableError, Slow):
        return "late"
    except RateLimitError:
        return "busy"
    except InvalidRequestError as error:
        return f"refused {error.http_status} {error.user_message}"
    except openai.error.OpenAIError as error:
        return f"other {error.http_status}"
    except KeyError:
        return "no question"


print("answer:", bool(ask({"text": "Hello"})), ask({}))
