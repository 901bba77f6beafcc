import openai
from openai import error


def careful(ask, **options):
    try:
        return ask(**options)
    except error.ServiceUnavailableError as late:
        return late.user_message
    except openai.InvalidRequestError as refused:
        return refused.http_status
