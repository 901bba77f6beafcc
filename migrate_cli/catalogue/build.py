"""Build hook that puts the compiled catalogue into the wheel. Run by hatchling, and not installed itself."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg,unused-ignore]
    """Adds a JSON file beside each YAML file of the catalogue."""

    scratch: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a temporary directory and register the files; an editable install reads the YAML."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from migrate_cli.catalogue.compile import compile_catalogue

        source = Path(self.root) / "migrate_cli" / "catalogue"
        self.scratch = Path(tempfile.mkdtemp(prefix="migrate-catalogue-"))
        for relative in compile_catalogue(source, self.scratch):
            inside = f"migrate_cli/catalogue/{relative.as_posix()}"
            build_data["force_include"][str(self.scratch / relative)] = inside

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary directory."""
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
