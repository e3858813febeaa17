"""Asks Bullhorn what is new, keeps each batch before anything is done with it, and settles what was kept."""

from collections.abc import Callable
from datetime import datetime

import structlog
from flask import current_app

from app import clock
from app.config import Settings
from app.domain.actions.bullhorn import account
from app.domain.agency.agency import the_agency
from app.domain.program.program import the_program
from jobs import bullhorn_settling as settling
from jobs.bullhorn_desk import A_RUN, Desk
from jobs.bullhorn_door import NotHeard
from jobs.bullhorn_listening import Listening
from jobs.bullhorn_records import Records

log = structlog.get_logger()


def poll(_owner: str, _now: datetime) -> int:
    """Ask, keep and settle; returns how many records were settled.

    What was told of numbers that were taken away comes off also where Bullhorn is asked no more.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if the_agency() is None or the_program() is None:
        return 0
    settling.come_off(clock.now() + A_RUN)
    if not settings.asks_bullhorn:
        return 0
    desk = Desk(settings)
    records = Records(desk)
    fault = _fault_of(Listening(desk).listen)
    if desk.door.is_open:  # what was kept before is settled also when nothing new can be heard
        fault = _fault_of(records.settle) or fault
    if fault:
        log.warning("bullhorn_not_heard", fault=fault)
        desk.say(lambda row: account.failed(row, fault, clock.now()))
    else:
        desk.say(account.recovered)
    return records.settled


def _fault_of(step: Callable[[], None]) -> str:
    """Why a step was cut short; empty when it was not."""
    try:
        step()
    except NotHeard as none:
        return none.fault
    return ""
