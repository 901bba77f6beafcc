import asyncio

import dashscope
from dashscope.aigc.generation import AioGeneration
from shared import SAID, TOOLS, tell

ask = dashscope.Generation.call
MODEL = "qwen-plus"


async def later():
    answer = await AioGeneration.call(MODEL, messages=SAID, result_format="message")
    return answer.output.choices[0].message.content


whole = ask(MODEL, messages=SAID, result_format="message")
bare = ask(MODEL, prompt="Hello", result_format="text")
parts = [{"image": "https://pictures.example/a.png"}, {"text": "What is this?"}]
seen = dashscope.MultiModalConversation.call("qwen3-vl-plus", messages=[{"role": "user", "content": parts}])
stream = list(ask(MODEL, messages=SAID, result_format="message", stream=True, incremental_output=True))
grown = list(ask(MODEL, messages=SAID, result_format="message", stream=True))
called = (
    ask(MODEL, messages=SAID, result_format="message", tools=TOOLS).output.choices[0].message.tool_calls[0]
)
vectors = dashscope.TextEmbedding.call("text-embedding-v4", input=["a", "b"], dimension=256)
bad = ask(MODEL, messages=SAID, temperature=9)
bad_stream = list(ask(MODEL, messages=SAID, temperature=9, stream=True))
many = dashscope.TextEmbedding.call("text-embedding-v4", input=["a"] * 11)
tell(
    chat=whole.output.choices[0].message.content,
    tokens=whole.usage.total_tokens,
    text=[bare.output.text, bare.output.finish_reason],
    vision=seen.output.choices[0].message.content[0]["text"],
    stream="".join(each.output.choices[0].message.content for each in stream),
    grown=grown[-1].output.choices[0].message.content,
    ends=[stream[0].output.choices[0].finish_reason, stream[-1].output.choices[0].finish_reason],
    later=asyncio.run(later()),
    tool=called["function"]["name"],
    widths=[len(each["embedding"]) for each in vectors.output["embeddings"]],
    refused=[bad.status_code, bad.code, bad.output],
    refused_stream=[[each.status_code, each.code] for each in bad_stream],
    many=[many.status_code, many.code],
    unknown=ask("qwen-nope", messages=SAID).code,
)
