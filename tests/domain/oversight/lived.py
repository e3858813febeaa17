"""Half a year of an agency, lived step by step by the program's own rules, and what is put right afterwards."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions import action, unfinished
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.contact import NotLoggable
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in
from app.domain.actions.streak import WeekState
from app.domain.agency.person import Person, Role
from app.domain.candidates import candidate as candidates
from app.domain.candidates import contact_flags, segment
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.custody import erasure, merge
from app.domain.custody.erasure import Reason
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.journey import touchpoint_kind
from app.domain.journey.application import Application
from app.domain.journey.feedback import Feedback
from app.domain.journey.touchpoint import Hit
from app.domain.oversight import day_keeping
from app.domain.program import action_kind, season
from tests import make
from tests.domain.oversight.recount import Rows, Stood, stand
from tests.domain.oversight.scene import NOW, ZONE, last_seen

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
BEGUN = NOW - 25 * WEEK
TODAY = clock.local_day(NOW, ZONE)
PAUSES = (Period(TODAY - 20 * WEEK, TODAY - 19 * WEEK + 3 * DAY), Period(TODAY - 10 * WEEK, TODAY - 7 * WEEK - 2 * DAY))
ENDS = tuple(map(last_seen, (PAUSES[-1].end - DAY, TODAY - 4 * WEEK, TODAY - 12 * WEEK)))
"""The last Sundays of what a period is told beside: on their evenings the job looked, as it does each minute."""
KEY = b"k" * 40


class Lived:
    """Fourteen people in three teams of two branches; `stood` is how the pool was on the evenings of `ENDS`."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        make.agency()
        self.program = make.program()
        action_kind.add_kind(self.program.id, label_nl="Koffie", label_en="Coffee", points=5, by_id=None, at=BEGUN)
        touchpoint_kind.install_preset()
        north, south = make.branch("Noord"), make.branch("Zuid")
        self.teams = [make.team("Zwolle", north), make.team("Kampen", north), make.team("Breda", south)]
        self.people = [self._person(number) for number in range(14)]
        self.ines, self.ada = make.person("Ines Visser", Role.SPONSOR), make.person("Ada Smit", Role.ADMIN)
        self.early = segment.save(self.ines, "Voorin", {"stage": ["attract", "engage"]}, shared=True, now=BEGUN)
        self.candidates = [self._candidate(BEGUN) for _ in range(30)]
        self.logged: list[int] = []
        self.stood: dict[date, list[Stood]] = {}
        self._seasons()
        self._live()

    def _person(self, number: int) -> Person:
        team = self.teams[number % 3] if number < 12 else None
        person = make.person(
            f"Persoon{number} Jansen", {5: Role.LEAD, 9: Role.MEMBER}.get(number, Role.RECRUITER), team=team
        )
        person.joined_on = TODAY - 50 * DAY if number == 1 else clock.local_day(BEGUN, ZONE)
        person.deactivated_at = NOW - 30 * DAY if number == 2 else None
        for back in range(26):
            state, monday = self.dice.choice(list(WeekState)), clock.week_of(TODAY).start - back * WEEK
            db.session.add(BlockWeek(person_id=person.id, week=monday, state=state, settled_at=NOW))
        return person

    def _seasons(self) -> None:
        first = clock.local_day(BEGUN, ZONE)
        for number, last in enumerate((*(pause.start for pause in PAUSES), TODAY + 30 * DAY)):
            season.add(self.program.id, f"Seizoen {number}", first, last - DAY, by_id=None, now=BEGUN)
            first = PAUSES[number].end if number < len(PAUSES) else first

    def _candidate(self, at: datetime) -> Candidate:
        owner = self.dice.choice([*self.people, None])
        return make.candidate(owner=owner, stage=self.dice.choice(list(Stage)[:3]), at=at)

    def _live(self) -> None:
        """A step every seven hours or so, until now."""
        self.at, evenings = BEGUN, sorted(ENDS)
        while self.at < NOW - 12 * HOUR:
            self.at += timedelta(minutes=self.dice.randrange(60, 800))
            if evenings and clock.local_day(self.at, ZONE) >= evenings[0]:
                self._evening(evenings.pop(0))
            step, _weight = self.dice.choices(STEPS, [weight for _, weight in STEPS])[0]
            step(self)
        self.at = NOW

    def _evening(self, day: date) -> None:
        self.at = clock.midnight(day + DAY, ZONE) - HOUR
        db.session.flush()
        self.stood[day] = stand(Rows(), self.at)
        day_keeping.keep(day_keeping.look_at_new(self.at, ZONE))
        self.at += 2 * HOUR

    def _anybody(self) -> Candidate:
        return self.dice.choice([each for each in self.candidates if not each.merged_into_id])

    def contact(self, of: Candidate | None = None) -> None:
        who = self.dice.choice(
            [each for each in self.people if not each.deactivated_at or each.deactivated_at > self.at]
        )
        outcome = self.dice.choice([each for each in Outcome if each is not Outcome.DO_NOT_CONTACT])
        kinds = ("status_update", "preference", "coffee", "attempt") if outcome is Outcome.DONE else (None,)
        promise = self.at + 3 * DAY if outcome is Outcome.LATER else None
        at = self.at - HOUR * self.dice.choice([0, 0, 0, 1, 30])
        try:
            done = action.log(
                who,
                of or self._anybody(),
                outcome,
                at=at,
                now=self.at,
                kind=self.dice.choice(kinds),
                promise_at=promise,
            )
        except NotLoggable:
            return
        self.logged.append(done.action_id)

    def take_back(self) -> None:
        """Of the last ten, or of any."""
        if self.logged:
            lately = self.logged[-10:] if self.dice.random() < 0.7 else self.logged
            action.undo(self.ada, self.dice.choice(lately), self.at)

    def turn_to_us(self) -> None:
        kind = self.dice.choice(["form", "inbound_reply", "site_visit"])
        self._hit(self._anybody(), kind, None, self.dice.choice(["human", "human", "human", "machine"]))

    def apply(self) -> None:
        """Some at once; of the others some are helped on by a contact after they stopped."""
        who, vacancy = self._anybody(), f"V-{self.at:%m%d%H}"
        if self.dice.random() < 0.7:
            self._hit(who, "application_started", vacancy)
            self.at += 2 * HOUR
            row = db.session.scalars(select(Application).order_by(Application.id.desc()).limit(1)).one()
            unfinished.find(row.id, who.id, self.at)
            self.at += HOUR
            if self.dice.random() < 0.7:
                self.contact(who)
            self.at += HOUR
        self._hit(who, "application_completed", vacancy)

    def _hit(self, who: Candidate, kind: str, vacancy: str | None, verdict: str = "human") -> None:
        name = f"{kind}-{who.id}-{self.at}"
        take_in(Hit(who.id, kind, self.at, "test", name, verdict, vacancy=vacancy), self.at)

    def move(self) -> None:
        """Who is available again is placed again, more often than not."""
        who = self._anybody()
        further = Stage.CONVERT if who.stage == Stage.REDEPLOY else Stage.REDEPLOY
        candidates.move(who, self.dice.choice([*Stage, further, further]), reason="", by_id=None, now=self.at)

    def answer(self) -> None:
        said = Feedback(
            candidate_id=self._anybody().id, stage="engage", question="clear", asked_at=self.at - DAY, lapses_at=self.at
        )
        said.answered_at, said.score = self.at, self.dice.randrange(1, 6)
        said.team_id = self.dice.choice(self.teams).id
        db.session.add(said)

    def come(self) -> None:
        new = self._candidate(self.at)
        new.referred_by_id = self._anybody().id if self.dice.random() < 0.6 else None
        self.candidates.append(new)

    def refuse(self) -> None:
        who = self._anybody()
        if self.dice.random() < 0.5:
            contact_flags.paused(who.id, self.at + 12 * DAY)
        else:
            contact_flags.refused(who.id, self.at)

    def put_right(self) -> None:
        """Two pairs turn out to be one candidate, one of the pairs not after all; one candidate is forgotten."""
        rescued = set(db.session.scalars(select(LedgerEntry.candidate_id).where(LedgerEntry.source_kind == "rescue")))
        once, others = ([each for each in self.candidates if (each.id in rescued) is mine] for mine in (True, False))
        kept, also, stays, gone = self.dice.sample(others, 4)
        kept.stage = Stage.ENGAGE
        merge.merge(kept, self.dice.choice(once), {}, self.ada, NOW)
        merge.undo(merge.merge(also, stays, {}, self.ada, NOW), NOW)
        erasure.erase(gone.id, by_id=None, reason=Reason.ASKED, key=KEY, now=NOW)
        for _ in range(6):
            self.take_back()
        db.session.flush()


STEPS: tuple[tuple[Callable[[Lived], None], int], ...] = (
    (Lived.contact, 50),
    (Lived.turn_to_us, 14),
    (Lived.apply, 9),
    (Lived.move, 12),
    (Lived.answer, 22),
    (Lived.come, 4),
    (Lived.take_back, 6),
    (Lived.refuse, 1),
)
