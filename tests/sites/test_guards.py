"""Comparisons of a model's name: only those that the name itself passes hold it back."""

import pytest

from tests.sites.scanning import HEAD, the_call

CALL = "client.chat.completions.create(model=MODEL, messages=[])\n"


def guarded(test: str, model: str = "gpt-4o") -> bool:
    """Whether a test in the program holds the model's name back."""
    call = the_call(f'{HEAD}MODEL = "{model}"\nif {test}:\n    pass\n{CALL}')
    return any(v.guarded for a in call.named("model") for v in a.values)


@pytest.mark.parametrize(
    "test",
    ['MODEL == "gpt-4o"', 'MODEL.startswith("gpt-4")', 'MODEL in ("gpt-4o", "gpt-4")', '"gpt-4" in MODEL',
     'MODEL != "gpt-4o"'],
)  # fmt: skip
def test_a_comparison_that_the_name_passes_holds_it_back(test: str) -> None:
    assert guarded(test)


@pytest.mark.parametrize(
    "test",
    ['MODEL == "gpt-4"', 'MODEL.startswith("gpt-3.5")', 'MODEL in ("o1", "o3")', '"gpt-3.5" in MODEL',
     'MODEL == "own"', 'OTHER == "gpt-4o"'],
)  # fmt: skip
def test_a_comparison_that_it_does_not_pass_changes_nothing(test: str) -> None:
    assert not guarded(test)
