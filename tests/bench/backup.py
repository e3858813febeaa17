"""How long a backup takes and how much memory, and putting it back with comparing every row: `make bench-backup`.

Each command runs in a process of its own; memory is the most that it held. What is asked: memory does not follow the rows.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from app.config import ROOT
from app.db import db, write
from tests import make
from tests.cluster import cluster
from tests.conftest import make_app

PORTION = 10_000
MOST_MEGABYTES = 400
INSERT = text(
    "INSERT INTO stage_move (candidate_id, stage, origin, at) VALUES (:candidate_id, 'new', 'made', :at)"
)
