"""`flask jobs`: what runs by itself, when it is next, and one of them at once."""

from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app import clock
from app.domain.notices import heartbeat, rhythm
from app.domain.notices.heartbeat import JobRun

jobs = AppGroup("jobs", help="What runs by itself: list, next, run NAME.")


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(jobs)


@jobs.command("list")
def list_jobs() -> None:
    """Every job: how often it runs, and how the last run went."""
    runs = {run.name: run for run in heartbeat.runs()}
    click.echo(f"{'job':<26}{'every':>9}  {'last run (UTC)':<21}{'took':>9}{'did':>8}  went wrong")
    for name, seconds in rhythm.EVERY.items():
        click.echo(f"{name:<26}{seconds:>7} s  {_fared(runs.get(name))}")
    leader = heartbeat.leader(heartbeat.SCHEDULER)
    click.echo(f"led by {leader.owner} until {_moment(leader.expires_at)}" if leader else "nobody leads")


@jobs.command("next")
def next_jobs() -> None:
    """When each is due, the soonest first."""
    runs, now = {run.name: run for run in heartbeat.runs()}, clock.now()
    due = {name: rhythm.next_run(name, runs[name].started_at if name in runs else None, now) for name in rhythm.EVERY}
    for name, at in sorted(due.items(), key=lambda pair: pair[1]):
        click.echo(f"{_moment(at)}  {name}{'  now' if at <= now else ''}")


@jobs.command("run")
@click.argument("name", type=click.Choice(list(rhythm.EVERY)))
def run_job(name: str) -> None:
    """Run one job at once, unless another process leads."""
    from jobs import schedule, worker  # noqa: PLC0415 - the web process has these commands too, and no jobs

    app, me = current_app._get_current_object(), worker.owner()  # type: ignore[attr-defined] # noqa: SLF001 - werkzeug's name for what a proxy stands for
    job = next(each for each in schedule.JOBS if each.name == name)
    done = worker.run(app, job, me)
    if done is None:
        leader = heartbeat.leader(heartbeat.SCHEDULER)
        raise click.ClickException(f"{leader.owner if leader else 'another process'} leads and runs it by itself")
    worker.stand_back(me)
    fared = heartbeat.last_run(name)
    if fared and fared.error:
        raise click.ClickException(fared.error)
    click.echo(f"{name}: {done} done")


def _fared(run: JobRun | None) -> str:
    if run is None:
        return "never"
    took = f"{(run.finished_at - run.started_at).total_seconds():7.1f} s" if run.finished_at else "-"
    wrong = f"{run.failures} of {run.runs} runs" if run.failures else "-"
    last = f", the last one too: {run.error}" if run.error else ""
    return f"{_moment(run.started_at):<21}{took:>9}{run.done:>8}  {wrong}{last}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
