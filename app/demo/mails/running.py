"""Mails to whoever runs the program: a lead's Monday, the sponsor's lines and month, and what has to be seen to."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.clock import Period
from app.demo.mails.invented import DAY, LONG_NAME, NAMES, NOW, Sample, around, person, program
from app.domain.actions.streak import WeekState
from app.domain.actions.team_attendance import Attended
from app.domain.agency.person import Role
from app.domain.candidates.candidate import Stage
from app.domain.notices.webhook import Off
from app.domain.oversight.best_team import TeamShare
from app.domain.oversight.funnel import StageFigures
from app.domain.oversight.lead_week import SHOWN, LeadWeek
from app.domain.oversight.quiet import Quiet
from app.domain.oversight.sponsor_figures import Figure
from app.domain.oversight.sponsor_month import SponsorMonth
from app.domain.oversight.sponsor_week import NextStep, Praise, SponsorWeek
from app.domain.oversight.verdict import Use, Verdict
from app.domain.oversight.verdict import Waiting as Late
from app.domain.oversight.waiting_for_word import Waiting
from app.mail import public_url
from app.words import lead_week as lead_words
from app.words import sponsor_mails, webhooks
from app.words.candidates import stage_label
from app.words.people import came_in, left_token
from app.words.verdict import verdict_sentence

WEEK = Period(date(2026, 11, 9), date(2026, 11, 16))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
KEPT, MISSED, EXCUSED = WeekState.KEPT, WeekState.MISSED, WeekState.EXCUSED
TEAM = (
    ("Bram Jansen", MISSED, 3),
    ("Fatima Yilmaz", MISSED, 0),
    ("Sanne de Vries", KEPT, 9),
    ("Joris Smit", KEPT, 7),
    ("Lotte Bakker", KEPT, 5),
    ("Milan Visser", KEPT, 12),
    (LONG_NAME, KEPT, 1),
    ("Esra Demir", EXCUSED, 0),
)
STAGES = (
    StageFigures(Stage.ATTRACT, 1_240, 80, 700, 21),
    StageFigures(Stage.ENGAGE, 612, 0, 500, 14),
    StageFigures(Stage.NURTURE, 980, 0, 900, 25),
    StageFigures(Stage.CONVERT, 210, 0, 205, 1),
    StageFigures(Stage.REDEPLOY, 158, 0, 150, 0),
)
MONTH = {
    "adoption": (83, 76),
    "coverage": (93, 78),
    "late": (61, 220),
    "two_way": (31, 31),
    "first_response": (5.5, 31.0),
    "placements": (14, 11),
}
OF_PEOPLE = ("adoption", "two_way")


def samples() -> list[Sample]:
    """With names and without, with much to tell and with nothing."""
    yes = Verdict(Use.YES, Late.SOME, 35, 42, 61)
    nothing = Verdict(Use.NOT_BEGUN, Late.NO_CANDIDATES, 0, 6, 0)
    team, one = TeamShare("Zwolle Techniek", 7, 8), TeamShare("Breda", 5, 5)
    return [
        Sample("lead_week", "typical", lambda: _lead(61)),
        Sample("lead_week", "one-waits", lambda: _lead(1, unseen=1)),
        Sample("lead_week", "nobody-waits", lambda: _lead(0, unseen=2)),
        Sample("lead_week", "without-consent", lambda: _lead(12, named=False)),
        Sample("lead_week", "few-people", lambda: _lead(0, named=False, told=False, closed=True)),
        Sample("lead_week", "no-block", lambda: _lead(0, people=0)),
        Sample("sponsor_week", "typical", lambda: _week(yes, Praise.TEAM, NextStep.WORD, team)),
        Sample("sponsor_week", "one", lambda: _week(yes, Praise.COVERAGE, NextStep.UNOWNED, None, 1)),
        Sample("sponsor_week", "answers", lambda: _week(yes, Praise.ANSWERED, NextStep.LATE, None, 61)),
        Sample("sponsor_week", "empty", lambda: _week(nothing, Praise.NOTHING, NextStep.CANDIDATES, None)),
        Sample("sponsor_week", "all-well", lambda: _week(_well(), Praise.TEAM, NextStep.NOTHING, one)),
        Sample("sponsor_month", "typical", lambda: _month(yes)),
        Sample("sponsor_month", "first", lambda: _month(yes, compared=False)),
        Sample("sponsor_month", "few-people", lambda: _month(_withheld(), told=False)),
        Sample("sponsor_month", "empty", lambda: _month(nothing, compared=False, stages=())),
        Sample("pulse", "typical", _pulse),
        Sample("unusual", "typical", lambda: _plain("unusual", "/account/recorded")),
        Sample("mail_test", "typical", lambda: _plain("mail_test", "/operations/mails/1")),
        Sample("erasure_asked", "typical", lambda: _plain("erasure_asked", "/candidates/1")),
        Sample("webhook_off", "failing", lambda: _webhook_off(Off.FAILING)),
        Sample("webhook_off", "gone", lambda: _webhook_off(Off.GONE)),
        Sample("token_left", "typical", _token_left),
        Sample("colleague_came", "typical", lambda: _came(NAMES[:3])),
        Sample("colleague_came", "first-round", lambda: _came(NAMES * 40)),
    ]


def _well() -> Verdict:
    return Verdict(Use.YES, Late.NOBODY, 42, 42, 0)


def _withheld() -> Verdict:
    return Verdict(Use.WITHHELD, Late.SOME, 0, 4, 61)


def _plain(kind: str, path: str) -> dict[str, object]:
    return {"program": "Vaste Band", "url": public_url(path), **around(kind)}


def _webhook_off(why: Off) -> Mapping[str, object]:
    return _plain("webhook_off", "/connections/webhooks/1") | {"label": "ATS", "said": webhooks.why_off(why)}


def _token_left() -> Mapping[str, object]:
    return _plain("token_left", "/people/provisioning") | {"headline": left_token(NAMES[0])}


def _came(names: Sequence[str]) -> Mapping[str, object]:
    came = [person(name, number) for number, name in enumerate(names)]
    for each in came:
        each.email = f"{each.name.split()[0].lower()}@vasteband.example"
    return _plain("colleague_came", "/people") | {"headline": came_in(len(came)), "came": came}


def _pulse() -> Mapping[str, object]:
    name, url = "Vaste Band", public_url("/sponsor/pulse")
    return {"program": name, "url": url, "closes_on": date(2026, 12, 4), **around("pulse")}


def _lead(
    late: int, *, named: bool = True, told: bool = True, closed: bool = False, unseen: int = 0, people: int = 8
) -> Mapping[str, object]:
    attended = [Attended(person(name, number), state, done) for number, (name, state, done) in enumerate(TEAM[:people])]
    facts = LeadWeek(
        lead=person("Lea Mulder", 9, Role.LEAD),
        team="Zwolle Techniek",
        program=program(),
        week=WEEK,
        named=named,
        told=told,
        attended=attended,
        unseen=unseen,
        closes=NOW + DAY / 8,
        waiting=_quiet(min(late, SHOWN), named=named),
        late=late,
        closed=closed,
    )
    return {
        "facts": facts,
        "now": NOW,
        "words": lead_words,
        "urls": {each.candidate_id: public_url(f"/candidates/{each.candidate_id}") for each in facts.waiting},
        "late_url": public_url("/candidates?owner=team&signal=late"),
        "praise_url": public_url("/kudos"),
        **around("lead_week"),
    }


def _quiet(number: int, *, named: bool) -> list[Quiet]:
    spoken = (0, 90, 71, 64, 44, 43, 39, 31)
    return [
        Quiet(
            each + 1,
            NAMES[each],
            Stage.NURTURE,
            NOW - spoken[each] * DAY if spoken[each] else None,
            NOW - 40 * DAY,
            "Sanne de Vries" if named else None,
        )
        for each in range(number)
    ]


def _week(
    verdict: Verdict, praise: Praise, next_step: NextStep, share: TeamShare | None, number: int = 61
) -> Mapping[str, object]:
    return _letter(
        "sponsor_week", verdict, facts=SponsorWeek(program(), verdict, praise, share, number, next_step, number)
    )


def _month(
    verdict: Verdict, *, compared: bool = True, told: bool = True, stages: tuple[StageFigures, ...] = STAGES
) -> Mapping[str, object]:
    waiting = [Waiting(1, LONG_NAME, NOW - 3 * DAY, "completed", "Bram Jansen" if told else None)]
    month = SponsorMonth(
        program=program(),
        month=OCTOBER,
        figures={code: _figure(code, compared=compared, told=told, any_=bool(stages)) for code in MONTH},
        compared=compared,
        verdict=verdict,
        named=told,
        stages=stages,
        waiting=waiting if stages else [],
        quiet=_quiet(8 if stages else 0, named=told),
    )
    return _letter("sponsor_month", verdict, facts=month, now=NOW, stage_label=stage_label)


def _figure(code: str, *, compared: bool, told: bool, any_: bool) -> Figure:
    if code in OF_PEOPLE and not told:
        return Figure(code, None, hidden=True)
    now, before = MONTH[code] if any_ else (None, None)
    return Figure(code, now, before if compared else None)


def _letter(kind: str, verdict: Verdict, **facts: object) -> Mapping[str, object]:
    sentence = verdict_sentence(verdict)
    return {"sentence": sentence, "words": sponsor_mails, "url": public_url("/sponsor"), **facts, **around(kind)}
