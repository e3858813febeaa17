"""The meeting view: five slides for the company meeting, to step through or to print."""

from flask import Blueprint, render_template

from app import clock
from app.blueprints.sponsor.plan import allowed, words
from app.domain.agency.agency import the_zone
from app.domain.oversight.meeting import meeting
from app.domain.program.program import the_program
from app.domain.program.sponsor import sponsor_of
from app.web.errors import found
from app.words.feedback import face_label
from app.words.verdict import verdict_sentence, verdict_tone


@allowed
def page() -> str:
    """What there is to tell today."""
    program = found(the_program())
    facts = meeting(program, clock.now(), the_zone())
    return render_template(
        "sponsor/plan_meeting.html",
        words=words,
        face_label=face_label,
        facts=facts,
        program=program,
        sponsor=sponsor_of(program),
        today=clock.local_day(clock.now(), the_zone()),
        sentence=verdict_sentence(facts.verdict),
        tone=verdict_tone(facts.verdict),
    )


def add_to(bp: Blueprint) -> None:
    """Where it is."""
    bp.add_url_rule("/meeting", "meeting", page)
