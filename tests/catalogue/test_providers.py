"""What the provider files say: format, provenance, addresses, and what may be emitted."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

import migrate_cli.catalogue.loader as loader
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.source import read_yaml
from migrate_cli.catalogue.types import Action, Fact, Parameter, Price, Provider, Support

HERE = Path(loader.__file__).parent
FILES = sorted((HERE / "providers").glob("*.yaml"))
SCHEMA = json.loads((HERE / "schema" / "provider.json").read_text(encoding="utf-8"))
CATALOGUE = open_catalogue(HERE)
PROVIDERS = [CATALOGUE.provider(name) for name in CATALOGUE.provider_ids()]
IDS = [provider.id for provider in PROVIDERS]
each_provider = pytest.mark.parametrize("provider", PROVIDERS, ids=IDS)

BASE_URLS = {
    ("ernie", "china"): "https://qianfan.baidubce.com/v2",
    ("sensenova", "china"): "https://token.sensenova.cn/v1",
    ("sensenova", "international"): "https://token.sensenova.ai/v1",
    ("glm", "china"): "https://open.bigmodel.cn/api/paas/v4",
    ("glm", "international"): "https://api.z.ai/api/paas/v4",
    ("baichuan", "china"): "https://api.baichuan-ai.com/v1",
    ("hunyuan", "china"): "https://tokenhub.tencentmaas.com/v1",
    ("hunyuan", "international"): "https://tokenhub-intl.tencentcloudmaas.com/v1",
    ("qwen", "china"): "https://dashscope.aliyuncs.com/compatible-mode/v1",
    ("qwen", "international"): "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    ("qwen", "hongkong"): "https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1",
    ("deepseek", "china"): "https://api.deepseek.com",
    ("deepseek", "international"): "https://api.deepseek.com",
    ("kimi", "china"): "https://api.moonshot.cn/v1",
    ("kimi", "international"): "https://api.moonshot.ai/v1",
    ("minimax", "china"): "https://api.minimaxi.com/v1",
    ("minimax", "international"): "https://api.minimax.io/v1",
    ("doubao", "china"): "https://ark.cn-beijing.volces.com/api/v3",
    ("doubao", "international"): "https://ark.ap-southeast.bytepluses.com/api/v3",
    ("spark", "china"): "https://spark-api-open.xf-yun.com/v2",
    ("spark", "china_v1"): "https://spark-api-open.xf-yun.com/v1",
    ("stepfun", "china"): "https://api.stepfun.com/v1",
    ("stepfun", "international"): "https://api.stepfun.ai/v1",
    ("siliconflow", "china"): "https://api.siliconflow.cn/v1",
    ("siliconflow", "international"): "https://api.siliconflow.com/v1",
    ("zhinao", "china"): "https://api.360.cn/v1",
    ("local", "vllm"): "http://localhost:8000/v1",
    ("local", "sglang"): "http://localhost:30000/v1",
    ("local", "ollama"): "http://localhost:11434/v1",
    ("local", "xinference"): "http://localhost:9997/v1",
    ("azure", "global"): "https://{resource}.openai.azure.com/openai/v1",
}
NEVER_EMITTED = {
    *(
        "deepseek-chat",
        "deepseek-reasoner",
        "kimi-k2.5",
        "qwen-turbo",
        "qwen4-max-preview",
    ),
    *("moonshot-v1-8k", "moonshot-v1-32k", "moonshot-v1-128k", "glm-4.5-flash", "ernie-5.5-flash-preview"),
    *("hunyuan-lite", "hunyuan-turbos-latest", "hy4-preview", "step-5-preview", "MiniMax-M2.7"),
}
SDK_PARAMETERS = {
    *("model", "messages", "temperature", "top_p", "n", "stop", "max_tokens", "max_completion_tokens"),
    *("presence_penalty", "frequency_penalty", "logit_bias", "logprobs", "top_logprobs", "seed", "user"),
    *(
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "functions",
        "function_call",
        "stream",
        "stream_options",
    ),
    *("modalities", "audio", "reasoning_effort", "verbosity", "prediction", "store", "metadata"),
    *("service_tier", "web_search_options", "role_developer", "response_format_json_object"),
    *("response_format_json_schema", "image_url_parts", "encoding_format", "dimensions"),
}


def facts(provider: Provider) -> list[Fact | None]:
    models = provider.models.values()
    return [
        provider.key_variable_fact,
        provider.sdk.fact,
        *(item.fact for item in provider.sites),
        *(item.fact for item in provider.endpoints.values()),
        *(item.fact for item in provider.parameters),
        *(item.fact for item in provider.replacements.values()),
        *(item.fact for item in provider.errors),
        *(item.fact for item in models),
        *(price.fact for item in models for price in item.prices),
        *(item.thinking.fact for item in models if item.thinking),
    ]


def entries(provider: str, name: str) -> list[Parameter]:
    return [item for item in CATALOGUE.provider(provider).parameters if item.name == name]


def prices(provider: str, model: str) -> dict[str | None, Price]:
    return {price.site: price for price in CATALOGUE.provider(provider).models[model].prices}


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_matches_the_schema(path: Path) -> None:
    jsonschema.validate(read_yaml(path), SCHEMA)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"surprise": 1}, "surprise"),
        ({"status": "fine"}, "fine"),
        ({"models": [{"id": "m", "kind": "chat", "status": "current"}]}, "source"),
        ({"sites": {"china": {"base_url": "https://example.org/v1/", "source": "survey"}}}, "does not match"),
    ],
)
def test_the_schema_refuses(change: dict[str, object], what: str) -> None:
    with pytest.raises(jsonschema.ValidationError, match=what):
        jsonschema.validate(read_yaml(HERE / "providers" / "zhinao.yaml") | change, SCHEMA)


def test_a_price_of_zero_needs_a_reason() -> None:
    price = {"currency": "CNY", "unit": "1M_tokens", "input": 0, "output": 0, "site": "china"}
    schema = {"$defs": SCHEMA["$defs"], "$ref": "#/$defs/price"}
    jsonschema.validate({**price, "reason": "free"}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(price, schema)


def test_every_target_has_a_file_and_every_file_a_target() -> None:
    assert sorted(IDS) == [path.stem for path in FILES]


def test_each_file_is_named_like_its_id() -> None:
    assert [CATALOGUE.provider(name).id for name in CATALOGUE.provider_ids()] == list(
        CATALOGUE.provider_ids()
    )


def test_base_urls_are_those_published() -> None:
    assert {(p.id, site.name): site.base_url for p in PROVIDERS for site in p.sites} == BASE_URLS


@each_provider
def test_every_fact_has_date_source_and_confidence(provider: Provider) -> None:
    assert [f for f in facts(provider) if not (f and f.as_of and f.source and f.confidence)] == []


@each_provider
def test_replacements_are_models_that_may_be_emitted(provider: Provider) -> None:
    targets = {item.to for item in provider.replacements.values() if item.to is not None}
    assert [to for to in targets if provider.models[to].status not in ("current", "limited")] == []


@each_provider
def test_nothing_retired_is_emitted(provider: Provider) -> None:
    assert {item.to for item in provider.replacements.values()} & NEVER_EMITTED == set()


@each_provider
def test_no_replacement_is_an_alias(provider: Provider) -> None:
    aliases = {alias for model in provider.models.values() for alias in model.aliases}
    assert {item.to for item in provider.replacements.values()} & aliases == set()


@each_provider
def test_a_missing_replacement_says_what_to_do(provider: Provider) -> None:
    assert [item.model for item in provider.replacements.values() if item.to is None and not item.note] == []


@each_provider
def test_replacements_keep_to_their_kind(provider: Provider) -> None:
    kinds = {
        item.model.split("-")[0] + ":" + provider.models[item.to].kind
        for item in provider.replacements.values()
        if item.to is not None and item.model.startswith(("text-", "dall-", "whisper-", "tts-"))
    }
    assert kinds <= {"text:embedding", "dall:image", "whisper:transcription", "tts:speech"}


@each_provider
def test_every_sdk_parameter_is_listed(provider: Provider) -> None:
    assert SDK_PARAMETERS - {item.name for item in provider.parameters} == set()


@each_provider
def test_parameters_name_models_that_exist(provider: Provider) -> None:
    named = {model for item in provider.parameters for model in (*item.models, *item.except_models)}
    assert named - set(provider.models) == set()


@each_provider
def test_no_model_has_two_entries_for_one_parameter(provider: Provider) -> None:
    scopes = Counter(
        (item.name, model)
        for item in provider.parameters
        for model in ["other", *provider.models]
        if (model in item.models or not item.models) and model not in item.except_models
    )
    assert [scope for scope, count in scopes.items() if count > 1] == []


@each_provider
def test_a_ranged_or_renamed_parameter_has_the_data_for_it(provider: Provider) -> None:
    wrong = [
        item.name
        for item in provider.parameters
        if (item.action is Action.CLAMP and (item.restriction is None or item.restriction.max is None))
        or (item.action is Action.RENAME) != (item.rename_to is not None)
    ]
    assert wrong == []


@each_provider
def test_the_developer_role_becomes_system_unless_it_is_documented(provider: Provider) -> None:
    [entry] = [item for item in provider.parameters if item.name == "role_developer"]
    kept = entry.support is Support.SUPPORTED or provider.id == "azure"
    assert (entry.action, entry.rename_to) == [(Action.RENAME, "system"), (Action.KEEP, None)][kept]


@each_provider
def test_a_free_price_says_why(provider: Provider) -> None:
    free = [p for m in provider.models.values() for p in m.prices if 0 in (p.input, p.output)]
    assert [price for price in free if not price.reason] == []


@each_provider
def test_prices_belong_to_a_site_and_a_currency(provider: Provider) -> None:
    wrong = [
        (model.id, price.site, price.currency)
        for model in provider.models.values()
        for price in model.prices
        if (price.site, price.currency) not in (("china", "CNY"), ("international", "USD"))
    ]
    assert wrong == []


def test_hosts_and_names_belong_to_one_provider() -> None:
    names = Counter(name for p in PROVIDERS for name in (p.id, *p.aliases))
    hosts = Counter(host for p in PROVIDERS for host in p.hosts)
    assert [name for name, count in (names + hosts).items() if count > 1] == []


def test_every_published_site_is_among_the_hosts() -> None:
    from urllib.parse import urlsplit

    hosts = CATALOGUE.hosts()
    seen = {(p.id, urlsplit(site.base_url).hostname) for p in PROVIDERS for site in p.sites}
    listed = {(hosts.get(str(host)), host) for _, host in seen} | {("azure", "{resource}.openai.azure.com")}
    assert seen - listed == set()


def test_openai_is_nobody_s_host() -> None:
    assert "api.openai.com" not in CATALOGUE.hosts()


def test_yuan_and_dollar_lists_stay_apart() -> None:
    glm = prices("glm", "glm-5.3")
    assert (glm["china"].input, glm["china"].output) == (Decimal("8"), Decimal("28"))
    assert (glm["international"].input, glm["international"].output) == (Decimal("1.4"), Decimal("4.4"))


def test_peak_prices_are_apart_from_the_off_peak_ones() -> None:
    price = prices("deepseek", "deepseek-v4-pro")["china"]
    assert (price.input, price.peak_input, price.output, price.peak_output) == tuple(
        Decimal(text) for text in ("4.5", "9", "13.5", "27")
    )


def test_tiers_start_above_the_main_rates() -> None:
    price = prices("ernie", "ernie-5.1")["china"]
    assert (price.input, [(tier.above_input_tokens, tier.input) for tier in price.tiers]) == (4, [(32000, 6)])


def test_what_is_unknown_stays_none() -> None:
    spark = CATALOGUE.provider("spark").models["spark-x2.5"]
    glm = CATALOGUE.provider("glm").models["glm-5.2"].prices[0]
    assert (spark.prices, spark.context, glm.cached_input) == ((), None, None)


def test_an_unpriced_model_is_not_free() -> None:
    assert CATALOGUE.provider("glm").models["glm-image"].prices == ()


def test_a_restriction_is_data() -> None:
    [stop] = entries("glm", "stop")
    assert stop.restriction is not None
    assert (stop.action, stop.restriction.type, stop.restriction.max_items) == (Action.WRAP, "list", 1)


def test_an_open_interval_is_told_from_a_closed_one() -> None:
    [minimax] = entries("minimax", "temperature")
    [glm] = entries("glm", "temperature")
    assert minimax.restriction is not None and glm.restriction is not None
    assert (minimax.restriction.exclusive_min, glm.restriction.exclusive_min) == (True, False)


def test_sampling_is_dropped_where_the_platform_fixes_it() -> None:
    names = ("temperature", "top_p", "presence_penalty", "frequency_penalty")
    assert {entry.action for name in names for entry in entries("kimi", name)} == {Action.DROP}


def test_sampling_is_kept_where_it_is_documented() -> None:
    assert [entry.action for entry in entries("local", "temperature")] == [Action.KEEP]


def test_models_that_always_think_have_no_switch() -> None:
    models = [model for p in PROVIDERS for model in p.models.values() if model.thinking]
    always = [m.thinking for m in models if m.thinking and m.thinking.default == "always"]
    assert len(always) >= 5
    assert [t for t in always if t.off or t.off_argument] == []


def test_the_switch_of_each_family() -> None:
    off = {
        (provider, model): thinking.off or thinking.off_argument
        for provider, model in [
            ("deepseek", "deepseek-flash"),
            ("qwen", "qwen3.8-flash"),
            ("sensenova", "sensenova-6.8-flash-lite"),
        ]
        for thinking in [CATALOGUE.provider(provider).models[model].thinking]
        if thinking
    }
    assert list(off.values()) == [
        {"thinking": {"type": "disabled"}},
        {"enable_thinking": False},
        ("reasoning_effort", "none"),
    ]


def test_base64_embeddings_are_refused_where_only_float_is_documented() -> None:
    allowed = [
        e.restriction.allowed
        for p in ("ernie", "hunyuan")
        for e in entries(p, "encoding_format")
        if e.restriction
    ]
    assert allowed == [("float",), ("float",)]


def test_a_missing_endpoint_says_what_to_do_instead() -> None:
    missing = [
        (p.id, e.name)
        for p in PROVIDERS
        for e in p.endpoints.values()
        if e.support not in (Support.SUPPORTED, Support.RESTRICTED) and not e.instead
    ]
    assert missing == []


def test_the_honest_sentences_are_there() -> None:
    notes = {p.id: (p.status, p.status_note) for p in PROVIDERS}
    assert notes["sensenova"][0] == "beta"
    assert notes["baichuan"][0] == "limited"
    assert "2026-09-30" in notes["hunyuan"][1]
    assert "21Vianet" in notes["azure"][1]


def test_the_output_limit_takes_the_documented_name() -> None:
    renamed = {
        p.id: e.rename_to for p in PROVIDERS for e in p.parameters if e.name == "max_completion_tokens"
    }
    assert renamed | {"spark": None} == {
        **dict.fromkeys(IDS, None),
        **dict.fromkeys(["ernie", "sensenova", "glm", "baichuan", "hunyuan", "deepseek"], "max_tokens"),
        **dict.fromkeys(["stepfun", "siliconflow", "zhinao", "local"], "max_tokens"),
    }
    assert [entry.rename_to for entry in entries("kimi", "max_tokens")] == ["max_completion_tokens"]


def test_an_output_limit_is_left_alone_where_both_names_are_taken() -> None:
    kept = [
        entries(p, name)[0].action
        for p in ("qwen", "doubao")
        for name in ("max_tokens", "max_completion_tokens")
    ]
    assert set(kept) == {Action.KEEP}
