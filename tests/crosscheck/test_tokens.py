"""The built-in token estimate against exact counts: the stated error holds on texts that had no part in the fit.

Run in an environment with the extra `crosscheck` (it has a package with the vocabularies inside):
`pytest -m crosscheck tests/crosscheck/test_tokens.py`.
"""

from __future__ import annotations

import inspect
import json
import sysconfig
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import migrate_cli
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.tokens.counter import PACKAGES, counter
from migrate_cli.costs.tokens.estimate import estimate

pytestmark = pytest.mark.crosscheck

TABLE = open_catalogue().tokenizers()
KNOWN = TABLE.vocabulary_of("azure", "gpt-4o")
LIBRARY = Path(sysconfig.get_path("stdlib"))
SCHEMAS = Path(migrate_cli.__file__).parent / "catalogue" / "schema"
CHINESE = """\
快递比预计晚了两天，不过包装很结实，打开以后没有发现任何损坏。客服态度也好，主动问我要不要补偿运费，我觉得没有必要。
酒店离地铁站步行五分钟，房间不大但很干净，早餐的粥和小菜都不错。唯一的缺点是隔音差，晚上能听到走廊里的说话声。
这本书前半部分写得很扎实，例子多，讲得也清楚；后半部分有些赶，好几章只是把概念罗列了一遍，读完印象不深。
去年冬天，村口的老槐树被大雪压断了一根枝干。老人们说，那棵树比祠堂还要老，小时候他们在树下听戏、乘凉、等放学的伙伴。
县里派人来看过，用钢架把剩下的枝干撑了起来，又在周围砌了一圈矮墙。到了春天，断口旁边竟然冒出了几簇新芽。
会议决定，从下个季度开始调整各部门的预算，优先保证产品质量和售后服务，同时压缩差旅和宣传方面的支出。
在使用这个接口之前，请先在控制台里创建一个密钥，并把它保存在环境变量中。不要把密钥写进代码，也不要提交到版本库。
如果返回的错误表示请求过于频繁，程序应该等待一段时间再重试，而不是立刻重复发送，否则账号可能会被暂时限制。
"""


def english() -> str:
    """The documentation inside a few modules of the standard library."""
    import argparse
    import logging
    import statistics

    members = [member for module in (argparse, logging, statistics) for member in vars(module).values()]
    return "\n\n".join(filter(None, map(inspect.getdoc, filter(inspect.isfunction, members))))


def code() -> str:
    """Three modules of the standard library."""
    return "".join(
        (LIBRARY / name).read_text("utf-8") for name in ("textwrap.py", "shlex.py", "fractions.py")
    )


def rows() -> str:
    """JSON as people write it, taken from our own schemas."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.json"))]
    return json.dumps(found, indent=2, ensure_ascii=False)


@pytest.mark.parametrize(
    "text", [english(), CHINESE, code(), rows()], ids=["english", "chinese", "code", "json"]
)
@pytest.mark.parametrize("vocabulary", sorted(TABLE.vocabularies))
def test_the_estimate_keeps_to_its_stated_error(vocabulary: str, text: str) -> None:
    pytest.importorskip("splintr")
    fit = replace(KNOWN, vocabulary=TABLE.vocabularies[vocabulary])
    exact = counter(fit).count(text)
    assert exact.error == 0
    assert abs(Decimal(estimate(text, fit).tokens) / exact.tokens - 1) <= Decimal("0.15")


@pytest.mark.parametrize("vocabulary", sorted(PACKAGES[1].vocabularies))
def test_two_packages_count_the_same(vocabulary: str) -> None:
    pytest.importorskip("splintr")
    pytest.importorskip("quicktok")
    fit = replace(KNOWN, vocabulary=TABLE.vocabularies[vocabulary])
    text = CHINESE + code() + "<|endoftext|>"
    first, second = (counter(fit, [package]).count(text) for package in PACKAGES)
    assert first.tokens == second.tokens
    assert first.counter != second.counter
