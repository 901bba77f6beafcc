"""What can be set from outside."""

import os
from dataclasses import dataclass, field


@dataclass
class Settings:
    """The settings of the service, each from the environment."""

    api_key: str = field(default_factory=lambda: os.environ["OPENAI_API_KEY"])
    organization: str = field(default_factory=lambda: os.environ.get("OPENAI_ORGANIZATION", "org-example"))
