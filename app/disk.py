"""How much room there is beside the database."""

import shutil
from pathlib import Path

MEGABYTE = 1024 * 1024
LEAST_MEGABYTES = 200
"""With less, the next import or backup may fail, and soon every page that writes."""


def free_megabytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free // MEGABYTE
