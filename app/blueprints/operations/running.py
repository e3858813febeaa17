"""Which jobs there are, how each fared, and who runs them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import render_template

from app import clock
from app.domain.agency.person import Role
from app.domain.notices import heartbeat, rhythm
from app.domain.notices.heartbeat import JobRun
from app.web import auth


class Line(NamedTuple):
    """A job with its last run, if there was one; `late`: it should have run again by now."""

    name: str
    run: JobRun | None
    due: datetime
    late: bool


@auth.only(Role.ADMIN)
def jobs() -> str:
    now = clock.now()
    lines = list(_lines(now))
    beats = [line.run.started_at for line in lines if line.run]
    beat = max(beats, default=None)
    return render_template(
        "operations/jobs.html",
        every=rhythm.EVERY,
        lines=lines,
        failing=[line for line in lines if line.run and line.run.error],
        leader=heartbeat.leader(heartbeat.SCHEDULER),
        beat=beat,
        alive=beat is not None and not heartbeat.is_silent(beat, now),
        now=now,
    )


def _lines(now: datetime) -> Iterator[Line]:
    runs = {run.name: run for run in heartbeat.runs()}
    for name, seconds in rhythm.EVERY.items():
        run = runs.get(name)
        last = run.started_at if run else None
        late = last is not None and last + timedelta(seconds=seconds) + heartbeat.SILENT < now
        yield Line(name, run, rhythm.next_run(name, last, now), late)
