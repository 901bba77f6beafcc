import warnings

import dashscope
from dashscope.v2.errors import BadRequestError, NotFoundError
from shared import SAID, TOOLS, tell

warnings.simplefilter("ignore")  # the package recommends a workspace
MODEL = "qwen-plus"


def asked(**settings):
    client = dashscope.Client(max_retries=0, **settings)
    ask = client.chat.completions.create
    whole = ask(model=MODEL, messages=SAID)
    refused = []
    for bad in ({"temperature": 9}, {"temperature": 9, "stream": True}, {"model": "qwen-nope"}):
        try:
            ask(**{"model": MODEL, "messages": SAID, **bad})
        except (BadRequestError, NotFoundError) as failed:
            refused.append(type(failed).__name__)
    vectors = client.embeddings.create(model="text-embedding-v4", input=["a"], dimension=256)
    return {
        "chat": whole.choices[0].message.content,
        "tokens": whole.usage.total_tokens,
        "stream": "".join(ask(model=MODEL, messages=SAID, stream=True).text_stream),
        "tool": ask(model=MODEL, messages=SAID, tools=TOOLS).choices[0].message.tool_calls[0].function.name,
        "width": len(vectors.embeddings[0].embedding),
        "refused": refused,
    }


workspace = dashscope.Client(protocol="openai", workspace="ws1", max_retries=0)
tell(
    openai=asked(protocol="openai"),
    native=asked(),
    workspace=workspace.chat.completions.create(model=MODEL, messages=SAID).choices[0].message.content,
)
