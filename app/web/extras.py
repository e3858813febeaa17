"""What may be installed beside Fanfare, and whether it is."""

from importlib.util import find_spec

SCIM = "scim2_server"


def has(module: str) -> bool:
    """Whether a module is there; it is not imported for that."""
    return find_spec(module) is not None
