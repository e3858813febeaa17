"""What tests of these pages share."""

from tests.hashes import cheap_hashes

__all__ = ["cheap_hashes"]
