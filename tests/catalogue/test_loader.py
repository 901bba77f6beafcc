"""Opening the catalogue, names people type, OpenAI model names, and what a broken file says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import migrate_cli.catalogue.loader as loader
from migrate_cli.catalogue.compile import compile_catalogue
from migrate_cli.catalogue.loader import Catalogue, key_variables, open_catalogue
from migrate_cli.catalogue.parse import FormatError, parse_provider
from migrate_cli.model import UserError

HERE = Path(loader.__file__).parent
ORDER = (
    *("ernie", "sensenova", "glm", "baichuan", "hunyuan", "qwen", "deepseek", "kimi", "minimax", "doubao"),
    *("spark", "stepfun", "siliconflow", "zhinao", "local", "azure"),
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue(HERE)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(HERE, tmp_path / "catalogue", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "catalogue"


def test_targets_come_in_the_order_for_people(catalogue: Catalogue) -> None:
    assert catalogue.provider_ids() == ORDER


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ernie", "ernie"),
        ("ERNIE", "ernie"),
        (" qianfan ", "ernie"),
        ("zhipu", "glm"),
        ("z.ai", "glm"),
        ("tokenhub", "hunyuan"),
        ("DashScope", "qwen"),
        ("moonshot", "kimi"),
        ("ark", "doubao"),
        ("360", "zhinao"),
        ("ollama", "local"),
        ("豆包", "doubao"),
    ],
)
def test_a_provider_has_the_names_people_type(catalogue: Catalogue, typed: str, found: str) -> None:
    assert catalogue.provider(typed).id == found


@pytest.mark.parametrize(
    ("typed", "near"), [("depseek", "deepseek"), ("quen", "qwen"), ("moonshoot", "kimi")]
)
def test_a_wrong_name_gets_the_nearest_right_one(catalogue: Catalogue, typed: str, near: str) -> None:
    with pytest.raises(UserError, match=f"did you mean '{near}'.*migrate providers"):
        catalogue.provider(typed)


@pytest.mark.parametrize("typed", ["", "anthropic", "groq", "xyzzy"])
def test_a_foreign_name_is_not_bent_into_a_target(catalogue: Catalogue, typed: str) -> None:
    with pytest.raises(UserError) as error:
        catalogue.provider(typed)
    assert "did you mean" not in str(error.value)


@pytest.mark.parametrize("typed", ["yi", "01.AI", "lingyiwanwu", "zero-one"])
def test_01_ai_is_declined_with_the_reason(catalogue: Catalogue, typed: str) -> None:
    with pytest.raises(UserError, match=r"01\.AI .* is not offered .* stopped training .*source"):
        catalogue.provider(typed)


def test_the_same_provider_is_parsed_once(catalogue: Catalogue) -> None:
    assert catalogue.provider("qwen") is catalogue.provider("bailian")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("gpt-4o", "gpt-4o"),
        ("openai/gpt-4o", "gpt-4o"),
        ("openai:gpt-4o", "gpt-4o"),
        ("gpt-4o-2099-01-01", "gpt-4o"),
        ("ft:gpt-4o-mini-2024-07-18:acme::id", "gpt-4o-mini-2024-07-18"),
        ("o3-2025-04-16", "o3"),
        ("gpt-4o-2024-05-13", "gpt-4o-2024-05-13"),
        ("gpt-3.5-turbo-0613", "gpt-3.5-turbo-0613"),
    ],
)
def test_an_openai_model_is_found_under_its_other_names(catalogue: Catalogue, name: str, found: str) -> None:
    model = catalogue.openai_model(name)
    assert model is not None
    assert model.id == found


@pytest.mark.parametrize("name", ["llama-3", "my-gpt-4o", "gpt-4o-turbo-max", "", "glm-5.3", "groq/gpt-4o"])
def test_other_names_are_not_openai_models(catalogue: Catalogue, name: str) -> None:
    assert catalogue.openai_model(name) is None


@pytest.mark.parametrize(
    "name", ["gpt-4o", "openai/gpt-4o", "gpt-4o-2024-11-20", "ft:gpt-4o:acme::id", "chatgpt-4o-latest"]
)
def test_a_replacement_is_found_for_each_form_of_a_model(catalogue: Catalogue, name: str) -> None:
    found = catalogue.replacement(catalogue.provider("glm"), name)
    assert found is not None
    assert found.to == "glm-5.3-flash"


def test_a_replacement_can_be_none_with_a_note(catalogue: Catalogue) -> None:
    found = catalogue.replacement(catalogue.provider("deepseek"), "text-embedding-3-small")
    assert found is not None
    assert found.to is None
    assert found.note


def test_a_foreign_model_has_no_replacement(catalogue: Catalogue) -> None:
    assert catalogue.replacement(catalogue.provider("deepseek"), "mixtral-8x7b") is None


def test_every_anchor_named_by_openai_models_is_replaced_everywhere(catalogue: Catalogue) -> None:
    anchors = {model.like for model in catalogue.openai_models().values() if model.like}
    assert {a for p in ORDER for a in anchors if a not in catalogue.provider(p).replacements} == set()


def test_offers_and_rate_are_there(catalogue: Catalogue) -> None:
    assert catalogue.offers()
    assert 6 < catalogue.rate().cny_per_usd < 8


def test_the_environment_chooses_the_directory(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATE_CATALOGUE", str(copy))
    assert open_catalogue().directory == copy


def test_an_argument_wins_over_the_environment(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATE_CATALOGUE", "nowhere")
    assert open_catalogue(copy).directory == copy


def test_a_missing_directory_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such catalogue directory"):
        open_catalogue(tmp_path / "none")


def test_bad_yaml_names_file_and_line(copy: Path) -> None:
    (copy / "providers" / "glm.yaml").write_text("id: glm\nname: [open\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"glm\.yaml:\d+: not valid YAML"):
        open_catalogue(copy).provider("glm")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\nname: ", "\nnome: ", "nome: no such section"),
        ("    base_url: ", "    bose_url: ", r"sites\.china\.base_url is missing"),
        (
            "  - name: n\n    support: unknown",
            "  - name: n\n    support: maybe",
            r"parameters\[\d+\]\.support must be",
        ),
        ("\n        input: 4\n", "\n        input: four\n", r"prices\[0\]\.input must be a number"),
        ("\n    source: survey", "\n    source: hearsay", "'hearsay', which is not in sources"),
    ],
)
def test_a_broken_field_is_named(copy: Path, old: str, new: str, message: str) -> None:
    path = copy / "providers" / "zhinao.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=rf"zhinao\.yaml: .*{message}"):
        open_catalogue(copy).provider("zhinao")


def test_a_broken_file_spoils_nothing_else(copy: Path) -> None:
    for name in ("providers/glm.yaml", "openai.yaml", "offers.yaml", "fx.yaml", "not_offered.yaml"):
        (copy / name).write_text("{", encoding="utf-8")
    assert open_catalogue(copy).provider("qwen").id == "qwen"


def test_a_missing_file_is_a_user_error(copy: Path) -> None:
    (copy / "providers" / "kimi.yaml").unlink()
    with pytest.raises(UserError, match=r"kimi\.yaml: catalogue file is missing"):
        open_catalogue(copy).provider("kimi")


def test_a_list_at_the_top_is_a_user_error(copy: Path) -> None:
    (copy / "names.yaml").write_text("- qwen\n", encoding="utf-8")
    with pytest.raises(UserError, match="a mapping is expected"):
        open_catalogue(copy).provider_ids()


def test_reading_leaves_the_files_alone(copy: Path) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    opened = open_catalogue(copy)
    assert [opened.provider(name).id for name in opened.provider_ids()] == list(ORDER)
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


def test_compiled_and_plain_files_give_equal_values(tmp_path: Path, catalogue: Catalogue) -> None:
    written = compile_catalogue(HERE, tmp_path)
    compiled = open_catalogue(tmp_path)
    assert {path.with_suffix(".yaml") for path in written} == {
        p.relative_to(HERE) for p in HERE.rglob("*.yaml")
    }
    assert [compiled.provider(name) for name in ORDER] == [catalogue.provider(name) for name in ORDER]
    assert compiled.openai_models() == catalogue.openai_models()
    assert (compiled.offers(), compiled.rate()) == (catalogue.offers(), catalogue.rate())


def test_a_compiled_file_is_preferred(copy: Path) -> None:
    compile_catalogue(copy, copy)
    (copy / "providers" / "qwen.yaml").write_text("{", encoding="utf-8")
    assert open_catalogue(copy).provider("qwen").id == "qwen"


def test_a_damaged_compiled_file_is_named(copy: Path) -> None:
    (copy / "providers" / "qwen.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match=r"qwen\.json: not valid JSON"):
        open_catalogue(copy).provider("qwen")


def test_no_compiled_file_lies_in_the_source_tree() -> None:
    assert list((HERE / "providers").glob("*.json")) == []


def test_a_misspelt_section_is_refused() -> None:
    with pytest.raises(FormatError, match="paramters: no such section"):
        parse_provider({"id": "x", "paramters": []})


def test_the_list_of_names_has_the_keys_of_each_provider(catalogue: Catalogue) -> None:
    listed = {name: catalogue.key_variables(name) for name in catalogue.provider_ids()}
    assert listed == {name: key_variables(catalogue.provider(name)) for name in listed}


def test_keys_are_found_without_reading_a_provider() -> None:
    catalogue = open_catalogue(HERE)
    assert catalogue.key_variables("glm")[0] == "ZAI_API_KEY"
    assert "providers/glm" not in catalogue._cache


def test_a_list_of_names_without_keys_leads_to_the_providers_own_file(copy: Path) -> None:
    entry = '{"aliases": [], "hosts": []}'
    (copy / "names.json").write_text(f'{{"glm": {entry}}}', encoding="utf-8")
    assert open_catalogue(copy).key_variables("glm")[0] == "ZAI_API_KEY"


def test_keys_that_are_no_list_are_named(copy: Path) -> None:
    (copy / "names.json").write_text('{"glm": {"aliases": [], "hosts": [], "keys": "X"}}', encoding="utf-8")
    with pytest.raises(UserError, match=r"glm\.keys must be a list"):
        open_catalogue(copy).key_variables("glm")
