"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def no_update_of_the_developers_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests read the packaged catalogue, whatever update the developer has installed; programs they start too."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("data")))
        patch.delenv("MIGRATE_CATALOGUE", raising=False)
        yield
