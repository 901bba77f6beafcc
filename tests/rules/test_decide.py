"""One fate for every site, and edits that wait where something is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate, Level, SiteKind
from tests.programs import decision, fates, move, moved, write

CHAT = 'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n'
CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"


def test_a_call_without_edits_moves_with_its_client(tmp_path: Path) -> None:
    write(
        tmp_path, {"app.py": CLIENT + "client.chat.completions.create(model=model_of(), messages=[], n=n)\n"}
    )
    outcome = move(tmp_path, "qwen", ignore=("SDK12", "PRM15"))
    assert decision(outcome, SiteKind.CALL).reason == "moves with its client"


def test_every_site_has_one_decision(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": CLIENT + CHAT, "old.py": "import openai\nopenai.Model.list()\n"})
    outcome = move(tmp_path, "ernie")
    assert [d.site for d in outcome.decisions] == list(outcome.plan.scan.sites)


def test_a_second_run_changes_nothing_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": CLIENT + CHAT})
    move(tmp_path, "ernie")
    again = move(tmp_path, "ernie")
    assert not again.plan.operations
    assert {d.fate for d in again.decisions} == {Fate.MIGRATED}


def test_a_client_elsewhere_keeps_its_calls(tmp_path: Path) -> None:
    source = 'from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost:1/v1")\n' + CHAT
    assert moved(tmp_path, source) == source


def test_a_client_that_only_serves_what_is_missing_stays(tmp_path: Path) -> None:
    source = CLIENT + 'client.embeddings.create(model="text-embedding-3-small", input="a")\n'
    assert moved(tmp_path, source, "deepseek") == source


def test_a_call_of_a_missing_service_is_not_polished(tmp_path: Path) -> None:
    source = CLIENT + CHAT + 'client.beta.assistants.create(model="gpt-4o-mini")\n'
    assert moved(tmp_path, source).endswith('client.beta.assistants.create(model="gpt-4o-mini")\n')


def test_calls_of_a_client_that_waits_for_a_person_wait_too(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"app.py": "from openai import OpenAI\n\n\ndef run(**o):\n    client = OpenAI(**o)\n    " + CHAT},
    )
    outcome = move(tmp_path, "ernie")
    assert not outcome.plan.operations
    assert fates(outcome, SiteKind.CALL) == [Fate.REVIEW]


def test_what_needs_a_look_is_written_on_request(tmp_path: Path) -> None:
    source = "from openai import OpenAI\n\n\ndef run(**o):\n    client = OpenAI(**o)\n    " + CHAT
    assert 'model="ernie-4.5-turbo-128k"' in moved(tmp_path, source, review=True)


def test_a_name_that_the_program_compares_is_left(tmp_path: Path) -> None:
    source = CLIENT + 'MODEL = "gpt-4o"\nif MODEL.startswith("gpt-4"):\n    pass\n'
    source += "client.chat.completions.create(model=MODEL, messages=[])\n"
    assert 'MODEL = "gpt-4o"' in moved(tmp_path, source)


def test_a_menu_of_names_is_left(tmp_path: Path) -> None:
    source = (
        CLIENT
        + "\n\ndef ask(model):\n    return client.chat.completions.create(model=model, messages=[])\n\n\n"
    )
    source += "".join(f'ask("{m}")\n' for m in ("gpt-4", "gpt-4o", "gpt-4o-mini", "gpt-4.1"))
    assert 'ask("gpt-4")' in moved(tmp_path, source)


def test_a_price_table_is_left(tmp_path: Path) -> None:
    source = CLIENT + 'PRICES = {"gpt-4o-mini": 0.15}\n' + CHAT
    assert 'PRICES = {"gpt-4o-mini": 0.15}' in moved(tmp_path, source)


def test_alternatives_in_two_dictionaries_both_move(tmp_path: Path) -> None:
    source = CLIENT + 'options = {"model": "gpt-4"} if fast else {"model": "gpt-4o"}\n'
    source += "client.chat.completions.create(messages=[], **options)\n"
    assert '{"model": "ernie-5.1"} if fast else {"model": "ernie-5.0"}' in moved(tmp_path, source)


def test_an_ignored_site_is_skipped_with_its_reason(tmp_path: Path) -> None:
    source = "from openai import OpenAI\n\nclient = OpenAI()  # migrate: ignore the billing job stays\n"
    write(tmp_path, {"app.py": source})
    outcome = move(tmp_path, "ernie")
    assert decision(outcome, SiteKind.CLIENT).reason == "the billing job stays"
    assert not outcome.plan.operations


def test_a_guess_is_never_edited(tmp_path: Path) -> None:
    source = "import openai\n\n\ndef ask(client):\n    return " + CHAT
    assert moved(tmp_path, source, review=True) == source


def test_an_override_decides_the_model(tmp_path: Path) -> None:
    assert 'model="ernie-5.1"' in moved(tmp_path, CLIENT + CHAT, models={"gpt-4o-mini": "ernie-5.1"})


def test_select_takes_families(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": CLIENT + CHAT})
    plan = api.plan(api.scan([tmp_path]), "ernie", select=("SDK",))
    codes = {f.rule.code for d in plan.decisions for f in d.findings if f.level is Level.EDIT}
    assert codes == {"SDK08", "SDK12"}


def test_a_literal_key_becomes_an_environment_read(tmp_path: Path) -> None:
    key = "sk-" + "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH"
    after = moved(tmp_path, f'from openai import OpenAI\n\nKEY = "{key}"\nclient = OpenAI(api_key=KEY)\n')
    assert 'KEY = os.environ["QIANFAN_API_KEY"]' in after
    assert key not in after


def test_a_placeholder_key_in_a_default_waits(tmp_path: Path) -> None:
    source = 'from openai import OpenAI\n\n\ndef make(key: str = "sk-"):\n    return OpenAI(api_key=key)\n'
    assert 'key: str = "sk-"' in moved(tmp_path, source)


def test_a_variable_that_a_staying_client_reads_stays(tmp_path: Path) -> None:
    source = 'import os\nfrom openai import OpenAI\n\nclient = OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n'
    source += 'client.embeddings.create(model="text-embedding-3-small", input="a")\n'
    assert moved(tmp_path, source, "kimi", review=True) == source


def test_a_read_that_feeds_a_client_never_gives_none(tmp_path: Path) -> None:
    source = 'import os\nfrom openai import OpenAI\n\nKEY = os.getenv("OPENAI_API_KEY")\nclient = OpenAI(api_key=KEY)\n'
    assert 'KEY = os.getenv("QIANFAN_API_KEY", "")' in moved(tmp_path, source)


def test_a_key_read_in_the_constructor_must_be_there(tmp_path: Path) -> None:
    source = (
        'import os\nfrom openai import OpenAI\n\nclient = OpenAI(api_key=os.environ.get("OPENAI_API_KEY"))\n'
    )
    assert 'api_key=os.environ["QIANFAN_API_KEY"]' in moved(tmp_path, source)


def test_a_model_that_comes_through_kwargs_is_left_for_a_person(tmp_path: Path) -> None:
    source = (
        "from openai import OpenAI\n\n\ndef ask(**kw):\n    return OpenAI().chat.completions.create(**kw)\n"
    )
    outcome = move(write(tmp_path, {"app.py": source}), "ernie")
    assert decision(outcome, SiteKind.CALL).fate is Fate.MANUAL


def test_settings_of_a_file_move_together_or_not_at_all(tmp_path: Path) -> None:
    source = "import os, openai\n\n\ndef azure():\n"
    source += '    openai.api_type = "azure"\n    openai.api_key = os.getenv("OPENAI_API_KEY")\n'
    source += '    openai.api_base = os.getenv("AZURE_OPENAI_ENDPOINT", "")\n'
    source += 'openai.ChatCompletion.create(model="gpt-4", messages=[])\n'
    assert moved(tmp_path, source, "deepseek") == source


def test_the_base_url_holds_whatever_condition_the_key_stands_under(tmp_path: Path) -> None:
    source = "import openai\n\n\ndef ask(key=None):\n    if key:\n        openai.api_key = key\n"
    source += '    return openai.ChatCompletion.create(model="gpt-4", messages=[])\n'
    assert moved(tmp_path, source).startswith(
        'import openai\nopenai.api_base = "https://qianfan.baidubce.com/v2"\n'
    )


def test_no_keyword_is_added_beside_one_that_may_be_there(tmp_path: Path) -> None:
    source = CLIENT + "\n\ndef embed(text, **kw):\n"
    source += '    return client.embeddings.create(model="text-embedding-3-small", input=text, **kw)\n'
    assert "encoding_format" not in moved(tmp_path, source)


def test_an_endpoint_on_another_base_is_left(tmp_path: Path) -> None:
    source = CLIENT + CHAT + 'client.completions.create(model="gpt-3.5-turbo", prompt="x")\n'
    assert moved(tmp_path, source, "deepseek").endswith(
        'client.completions.create(model="gpt-3.5-turbo", prompt="x")\n'
    )


def test_thinking_waits_with_the_model_it_belongs_to(tmp_path: Path) -> None:
    source = CLIENT + 'for name in ["gpt-4", "gpt-3.5-turbo"]:\n'
    source += "    client.chat.completions.create(model=name, messages=[])\n"
    assert "thinking" not in moved(tmp_path, source, "glm", review=True)


def test_a_literal_key_is_not_handed_to_another_provider(tmp_path: Path) -> None:
    key = "sk-" + "Zq4Wm9Lx2Vn7Bt5Ky8Rd3Hf6Jc1Ps0Ga"
    source = (
        f'import os\nfrom openai import OpenAI\n\nos.environ["OPENAI_API_KEY"] = "{key}"\nclient = OpenAI()\n'
    )
    assert key not in moved(tmp_path, source)


def test_a_limited_model_waits_for_a_look(tmp_path: Path) -> None:
    assert 'model="gpt-4o-mini"' in moved(tmp_path, CLIENT + CHAT, "spark")


SHARED = 'import os\nimport requests\nfrom openai import OpenAI\n\nKEY = os.getenv("OPENAI_API_KEY")\n'
RAW = 'requests.post("https://api.openai.com/v1/{}", headers={{"Authorization": f"Bearer {{KEY}}"}}, json={{}})\n'


@pytest.mark.parametrize(
    "other",
    [
        RAW.format("chat/completions"),
        RAW.format("moderations"),
        'OpenAI(api_key=KEY).embeddings.create(model="text-embedding-3-small", input="a")\n',
    ],
)
def test_a_client_gets_its_own_key_where_what_stays_reads_the_same(tmp_path: Path, other: str) -> None:
    after = moved(tmp_path, SHARED + "client = OpenAI(api_key=KEY)\n" + CHAT + other, "deepseek")
    assert 'KEY = os.getenv("OPENAI_API_KEY")' in after
    assert 'client = OpenAI(api_key=os.environ["DEEPSEEK_API_KEY"]' in after


def test_a_key_moves_with_the_request_that_moves(tmp_path: Path) -> None:
    source = SHARED + "client = OpenAI(api_key=KEY)\n" + CHAT + RAW.format("chat/completions")
    assert 'KEY = os.getenv("DEEPSEEK_API_KEY", "")' in moved(tmp_path, source, "deepseek", review=True)


def test_a_request_stays_where_a_client_that_stays_needs_its_key(tmp_path: Path) -> None:
    source = SHARED + 'OpenAI(api_key=KEY).embeddings.create(model="text-embedding-3-small", input="a")\n'
    source += RAW.format("chat/completions")
    assert moved(tmp_path, source, "deepseek", review=True) == source


def test_a_check_of_a_key_stays_with_the_request_that_sends_it(tmp_path: Path) -> None:
    source = 'import os\nimport requests\n\nif "OPENAI_API_KEY" in os.environ:\n'
    source += '    KEY = os.environ["OPENAI_API_KEY"]\n'
    source += RAW.format("moderations")
    assert moved(tmp_path, source, "deepseek", review=True) == source


def test_a_client_waits_where_its_key_has_another_source_beside_the_shared_one(tmp_path: Path) -> None:
    source = SHARED + "\n\ndef make(key=None):\n    return OpenAI(api_key=key or KEY)\n\n\nclient = make()\n"
    source += CHAT + RAW.format("moderations")
    assert moved(tmp_path, source, "deepseek") == source


def test_a_client_that_stays_keeps_its_arguments(tmp_path: Path) -> None:
    source = "from openai import OpenAI\n\nclient = OpenAI(organization=o)\n"
    source += 'client.embeddings.create(model="text-embedding-3-small", input="a")\n'
    assert moved(tmp_path, source, "kimi", review=True) == source


def test_a_model_that_what_stays_needs_is_left(tmp_path: Path) -> None:
    source = SHARED + 'MODEL = "gpt-4o"\nclient = OpenAI()\n'
    source += "client.chat.completions.create(model=MODEL, messages=[])\n"
    source += 'requests.post("https://api.openai.com/v1/moderations", json={"model": MODEL})\n'
    assert 'MODEL = "gpt-4o"' in moved(tmp_path, source, "deepseek", review=True)


def test_a_check_of_the_key_is_left_where_nothing_moves(tmp_path: Path) -> None:
    source = 'import os\nfrom openai import OpenAI\n\nif "OPENAI_API_KEY" in os.environ:\n'
    source += '    OpenAI().embeddings.create(model="text-embedding-3-small", input="a")\n'
    assert moved(tmp_path, source, "kimi", review=True) == source


def test_a_key_that_is_set_for_what_stays_too_is_left(tmp_path: Path) -> None:
    source = (
        'import os\nfrom openai import OpenAI\n\nos.environ["OPENAI_API_KEY"] = load()\nclient = OpenAI()\n'
    )
    source += CHAT + 'OpenAI().embeddings.create(model="text-embedding-3-small", input="a")\n'
    after = moved(tmp_path, source, "kimi", review=True)
    assert 'os.environ["OPENAI_API_KEY"] = load()' in after


def test_a_dictionary_that_another_class_makes_is_not_edited(tmp_path: Path) -> None:
    source = (
        "from openai import OpenAI\n\n\nclass Base:\n    def body(self):\n        raise NotImplementedError\n\n"
        "    def ask(self):\n        return self.send(self.body())\n\n\n"
    )
    ours = source + (
        "class Ours(Base):\n    def body(self):\n        return load()\n\n    def send(self, data):\n"
        "        return OpenAI().chat.completions.create(**data)\n"
    )
    theirs = (
        "from base import Base\n\n\nclass Theirs(Base):\n    def body(self):\n"
        '        return {"max_tokens": 5, "logprobs": 3}\n\n'
        "    def send(self, data):\n        return other(data)\n"
    )
    write(tmp_path, {"base.py": ours, "theirs.py": theirs})
    move(tmp_path, "kimi", review=True)
    assert (tmp_path / "theirs.py").read_text() == theirs


def test_an_entry_of_a_tuple_is_no_value(tmp_path: Path) -> None:
    source = (
        "\n\ndef read():\n    if bad:\n        return report(), 400\n    return load()\n\n\n"
        'client.chat.completions.create(model="gpt-4o", messages=[], temperature=read().get("temperature"))\n'
    )
    assert "return report(), 400" in moved(tmp_path, CLIENT + source, "deepseek", review=True)


CALL = (
    "import openai\n\n\ndef ask(m):\n    return openai.chat.completions.create(model='gpt-4o', messages=m)\n"
)


def test_a_file_that_calls_gets_the_base_url_where_only_a_function_elsewhere_sets_the_key(
    tmp_path: Path,
) -> None:
    setter = "import openai\n\n\ndef log_in(key):\n    openai.api_key = key\n"
    write(tmp_path, {"app.py": CALL, "login.py": setter})
    move(tmp_path, "ernie")
    assert 'openai.base_url = "https://qianfan.baidubce.com/v2/"' in (tmp_path / "app.py").read_text("utf-8")


def test_a_file_that_calls_relies_on_what_another_sets_on_import(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": CALL, "login.py": "import openai\n\nopenai.api_key = load()\n"})
    move(tmp_path, "ernie")
    assert "openai.base_url" not in (tmp_path / "app.py").read_text("utf-8")


def test_settings_for_another_provider_keep_the_file_that_calls(tmp_path: Path) -> None:
    setter = "import openai\n\n\ndef local():\n    openai.base_url = 'http://localhost:1/v1/'\n"
    write(tmp_path, {"app.py": CALL, "login.py": setter})
    move(tmp_path, "ernie")
    assert "qianfan" not in (tmp_path / "app.py").read_text("utf-8")


ASKED = "openai.ChatCompletion.create(model='gpt-4', messages=[])\n"


def test_each_function_with_an_import_of_its_own_gets_the_base_url(tmp_path: Path) -> None:
    one = f"def {{}}(key):\n    import openai\n    openai.api_key = key\n    return {ASKED}"
    apart = "\n\n" + "x = 1\n" * 20 + "\n\n"
    new = moved(tmp_path, one.format("a") + apart + one.format("b"), "glm")
    assert new.count('    import openai\n    openai.api_base = "https://open.bigmodel.cn/api/paas/v4"\n') == 2


def test_a_function_whose_import_nothing_sets_gets_base_url_and_key(tmp_path: Path) -> None:
    one = f"def {{}}():\n    import openai\n    return {ASKED}"
    assert moved(tmp_path, one.format("a") + "\n\n" + one.format("b"), "glm").count("openai.api_base =") == 2


def test_an_import_in_a_function_beside_one_of_the_module_gets_nothing(tmp_path: Path) -> None:
    source = f"import openai\n\n\ndef a():\n    import openai\n    return {ASKED}"
    assert moved(tmp_path, source, "glm").count("openai.api_base =") == 1


@pytest.mark.parametrize("setting", ("", 'openai.api_key = os.environ["OPENAI_API_KEY"]\n'))
def test_the_key_of_the_module_stays_where_a_request_sends_it(tmp_path: Path, setting: str) -> None:
    header = '{"Authorization": "Bearer " + openai.api_key}'
    request = f'requests.post("https://api.openai.com/v1/chat/completions", headers={header}, json=body)\n'
    source = f"import os\nimport openai\nimport requests\n\n{setting}{ASKED}{request}"
    assert moved(tmp_path, source, "glm") == source


def test_the_key_of_the_module_moves_with_the_request_that_sends_it(tmp_path: Path) -> None:
    header = '{"Authorization": "Bearer " + openai.api_key}'
    request = f'requests.post("https://api.openai.com/v1/chat/completions", headers={header}, json=body)\n'
    new = moved(tmp_path, f"import openai\nimport requests\n\n{ASKED}{request}", "glm", review=True)
    assert "api.openai.com" not in new
    assert "ZAI_API_KEY" in new


def test_nothing_is_set_beside_an_import_where_another_file_sets_it_out_of_reach(tmp_path: Path) -> None:
    before = "def sign_in():\n    openai.api_key = os.environ['KEY'] = fetch()\n"
    files = {"a.py": f"import os\nimport openai\n\n\n{before}", "b.py": f"import openai\n\n{ASKED}"}
    write(tmp_path, files)
    assert not move(tmp_path, "glm").plan.operations


PROVIDER = (
    'from openai import OpenAI\n\nMODEL = "gpt-4o-mini"\n\n\nclass Provider:\n'
    "    def __init__(self, key, model=MODEL):\n        self.client, self.model = OpenAI(api_key=key), model\n\n"
    "    def ask(self):\n        return self.client.chat.completions.create(model=self.model, messages=[])\n\n\n"
    'def main(argv):\n    return Provider(os.environ["OPENAI_API_KEY"]).ask()\n'
)


def tries(*models: str) -> str:
    return "from core import Provider\n\n\ndef test_it():\n" + "".join(
        f'    assert Provider("test-key", "{m}").model\n' for m in models
    )


def test_the_models_that_tests_try_make_no_menu_of_the_one_the_program_names(tmp_path: Path) -> None:
    source = tries("gpt-3.5-turbo", "gpt-4", "gpt-4-turbo", "o1-preview")
    write(tmp_path, {"core.py": "import os\n" + PROVIDER, "tests/test_core.py": source})
    outcome = move(tmp_path, "doubao")
    assert 'MODEL = "doubao' in (tmp_path / "core.py").read_text("utf-8")
    assert (tmp_path / "tests/test_core.py").read_text("utf-8") == source
    assert not [d for d in outcome.decisions if d.fate in (Fate.REVIEW, Fate.MANUAL)]
    assert not move(tmp_path, "doubao").plan.operations


def test_the_models_of_several_callers_are_a_menu(tmp_path: Path) -> None:
    source = tries("gpt-3.5-turbo", "gpt-4", "gpt-4-turbo", "o1-preview")
    write(tmp_path, {"core.py": "import os\n" + PROVIDER, "callers.py": source})
    move(tmp_path, "doubao")
    assert 'MODEL = "gpt-4o-mini"' in (tmp_path / "core.py").read_text("utf-8")


def test_the_model_that_only_tests_name_is_theirs_to_change(tmp_path: Path) -> None:
    write(tmp_path, {"core.py": "import os\n" + PROVIDER, "tests/test_core.py": tries("gpt-4")})
    move(tmp_path, "doubao")
    assert '"gpt-4"' not in (tmp_path / "tests/test_core.py").read_text("utf-8")


ENGINE = (
    "from openai import OpenAI\n\n\nclass Engine:\n    def __init__(self, key=None):\n"
    "        self.client = OpenAI(api_key=key)\n\n    def ask(self):\n        return self." + CHAT
)
GIVEN = 'import os\nfrom engine import Engine\n\nEngine(os.getenv("OPENAI_API_KEY")).ask()\n'


def test_a_client_whose_key_a_caller_leaves_out_does_not_fall_back_on_that_of_openai(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"engine.py": ENGINE, "given.py": GIVEN, "bare.py": "from engine import Engine\n\nEngine().ask()\n"},
    )
    move(tmp_path, "glm")
    assert 'api_key=key or os.environ["ZAI_API_KEY"]' in (tmp_path / "engine.py").read_text("utf-8")
    assert not move(tmp_path, "glm").plan.operations


def test_a_key_that_every_caller_passes_is_passed_on_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"engine.py": ENGINE, "given.py": GIVEN})
    move(tmp_path, "glm")
    assert "OpenAI(api_key=key, " in (tmp_path / "engine.py").read_text("utf-8")
