import json

from shared import SCHEMA, tell
from tencentcloud.common.credential import EnvironmentVariableCredential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.hunyuan.v20230901 import models
from tencentcloud.hunyuan.v20230901.hunyuan_client import HunyuanClient

client = HunyuanClient(EnvironmentVariableCredential().get_credential(), "ap-guangzhou")
TOOL = {"Type": "function", "Function": {"Name": "look", "Parameters": json.dumps(SCHEMA)}}


def ask(**fields):
    request = models.ChatCompletionsRequest()
    request._deserialize({"Model": "hy3", "Messages": [{"Role": "user", "Content": "Hello"}], **fields})
    return client.ChatCompletions(request)


def code(call):
    try:
        call()
    except TencentCloudSDKException as failed:
        return failed.code
    return None


def embed():
    request = models.GetEmbeddingRequest()
    request.Input = "Hello"
    return client.GetEmbedding(request)


whole = ask(Stream=False)
pieces = [json.loads(event["data"])["Choices"][0]["Delta"]["Content"] for event in ask(Stream=True)]
called = ask(Tools=[TOOL]).Choices[0].Message.ToolCalls[0].Function
tell(
    chat=whole.Choices[0].Message.Content,
    tokens=whole.Usage.TotalTokens,
    named=whole.RequestId == whole.Id,
    stream="".join(pieces),
    tool=[called.Name, json.loads(called.Arguments)],
    refused=code(lambda: ask(Temperature=9.0)),
    refused_stream=code(lambda: ask(Temperature=9.0, Stream=True)),
    closed=code(lambda: ask(Model="hunyuan-pro")),
    embed=code(embed),
)
