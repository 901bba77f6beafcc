"""A chat behind a retry, whose account has no balance at first."""

import openai
import tenacity

client = openai.OpenAI()
LASTING = {  # as the providers publish it
    "api.moonshot.cn": {"type": "exceeded_current_quota_error", "message": "…"},
    "dashscope.aliyuncs.com": {"code": "Throttling.AllocationQuota", "message": "…"},
    "open.bigmodel.cn": {"code": "1113", "message": "…"},
}
asked = []


class Refusal:
    """As much of an HTTP answer as the SDK's errors look at."""

    status_code, headers, request = 429, {}, None


@tenacity.retry(
    retry=tenacity.retry_if_exception_type(openai.RateLimitError),
    stop=tenacity.stop_after_attempt(3),
    reraise=True,
)
def ask(text, balance):
    asked.append(text)
    if not balance:
        raise openai.RateLimitError("no", response=Refusal(), body=LASTING[client.base_url.host])
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": text}])


try:
    ask("Say hello", balance=False)
except openai.RateLimitError:
    print("asked once" if len(asked) == 1 else f"asked {len(asked)} times")
print("answer:", ask("Say hello", balance=True).choices[0].message.content)
