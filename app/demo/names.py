"""Invented names, roles and places for the demo agency, read from names.toml."""

import tomllib
from pathlib import Path
from typing import Any

NAMES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
GIVEN: list[str] = NAMES["given"]
FAMILY: list[str] = NAMES["family"]
ROLES_SOUGHT: list[str] = NAMES["roles_sought"]
REGIONS: list[str] = NAMES["regions"]
ORIGINS: list[str] = NAMES["origins"]
SKILLS: list[str] = NAMES["skills"]
CERTIFICATES: list[str] = NAMES["certificates"]
TAGS: list[str] = NAMES["tags"]
ASPIRATIONS: list[str] = NAMES["aspirations"]
REASONS: list[str] = NAMES["reasons"]
BRANCHES: dict[str, list[str]] = NAMES["branches"]
