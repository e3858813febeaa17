"""Builds the demo agency in an empty database: Vaste Band, with twelve weeks behind it and a day ahead."""

import random
from datetime import datetime, timedelta
from typing import NamedTuple

from app import clock
from app.db import db, write
from app.demo import (
    applications,
    bell,
    bullhorn,
    cast,
    chats,
    comparing,
    connections,
    contests,
    diligence,
    earned,
    fans,
    figures,
    governance,
    journey,
    keeping,
    lab,
    library,
    outside,
    past,
    plan,
    pool,
    recognition,
    rescued,
    reward_pictures,
    rewards,
    running,
    scenes,
    score_rules,
    surprises,
    timetable,
    told,
    walls,
    webhooks,
)
from app.domain.actions import block_settling
from app.domain.agency import agency, password, picture
from app.domain.agency.person import Role
from app.domain.custody.erasure import Reason
from app.domain.program import beginning, program, sponsor
from app.domain.scoring import rules
from app.web import custody

SEED = 20260105
PASSWORD = "vaste-band-oefent"  # noqa: S105 - printed for everybody who tries the demo
BEFORE = timedelta(weeks=past.WEEKS + 2)


class Built(NamedTuple):
    """How much there is to look at, and whom to sign in as."""

    people: int
    candidates: int
    touchpoints: int
    actions: int
    star: str
    lead: str
    sponsor: str
    admin: str


def build(now: datetime, zone_name: str) -> Built:
    """Make everything in small transactions.

    Raises:
        AlreadyFounded: the database is not empty.
    """
    rng, kept = random.Random(SEED), password.hashed(PASSWORD)  # noqa: S311 - a game with names, no secret
    write()
    founded = agency.found_agency("Uitzendbureau Voorbeeld", timezone=zone_name, language="nl", at=now - BEFORE)
    founded.setup_step = agency.SETUP_DONE
    founded.ats_url_template = "https://ats.vasteband.example/kandidaten/{external_id}"
    people = cast.engage(founded, kept, rng, now - BEFORE)
    vaste_band = beginning.begin("Vaste Band", clock.local_day(now - BEFORE, founded.zone), None, now - BEFORE)
    program.describe(
        vaste_band,
        name="Vaste Band",
        slogan="Niemand vergeten",
        why="Wie contact houdt, plaatst. Daarom maken wij er elke week tijd voor.",
        hue=None,
    )
    program.record_consent(vaste_band.id, exists=True, reason="", by_id=None, at=now - BEFORE)
    photo = picture.store(reward_pictures.portrait(), now - BEFORE)
    message = "Elke kandidaat verdient een antwoord. Ik doe zelf ook mee."
    sponsor.appoint(vaste_band, people.part(Role.SPONSOR), message, photo.id)
    comparing.arrange(people, vaste_band, now, founded.zone)
    rules.install_preset(None, now - BEFORE)
    score_rules.change(people.part(Role.ADMIN), now - BEFORE / 2)
    db.session.commit()
    setting = past.Setting(now, founded.zone, vaste_band.id)
    built = _fill(people, setting, rng)
    write()
    outside.open_up(people, setting)
    figures.keep(now, founded.zone)
    db.session.commit()
    return built


def _fill(people: cast.Cast, setting: past.Setting, rng: random.Random) -> Built:
    write()
    everybody = pool.fill(comparing.rota(people.recruiters), rng, setting.now)
    told.tell(everybody, people.star.id, random.Random(SEED), setting.now)  # noqa: S311 - as above
    pairs = [(one.id, one.owner_id) for one in everybody]
    db.session.commit()
    hits = past.touchpoints(pairs, people.star.id, rng, setting.now)
    write()
    contacts = diligence.contacts(people, everybody, hits, setting)
    past.play(hits, contacts, setting.now, _step)
    rescued.play(people, everybody, setting)
    played = scenes.play(people.star, setting.now)
    fans.play(people.star, setting.now)
    applications.play(people.star, played, setting.now)
    library.fill(people.leads[0], people.star, played, everybody, setting.now)
    timetable.fill(people, setting)
    chats.add(people, setting.now)
    connections.connect(people.part(Role.ADMIN), setting.now)
    bullhorn.tell(played[0], setting.now)
    connections.give_tokens(people.part(Role.RECRUITER), people.part(Role.SPONSOR), setting.now)
    journey.play(everybody, people.recruiters, random.Random(SEED), setting.now)  # noqa: S311 - as above
    journey.go_wrong(played[-1], setting.now)
    leaver = keeping.play(people, played, setting.now, setting.zone)
    earned.prove(setting.now)
    earned.contact(people.recruiters[1:4], setting.now)
    block_settling.settle_all(setting.now)
    _play_the_game(people, setting)
    webhooks.connect(setting.now)
    db.session.commit()
    custody.erase(leaver.id, by_id=people.part(Role.ADMIN).id, reason=Reason.ASKED, now=setting.now)
    return Built(
        people=len(people.recruiters) + len(people.leads) + len(people.others),
        candidates=len(pairs) + len(played),
        touchpoints=len(hits) + sum(len(scene.seen) for scene in scenes.SCENES),
        actions=len(contacts) + sum(len(scene.done) for scene in scenes.SCENES),
        star=str(people.star.email),
        lead=str(people.leads[0].email),
        sponsor=str(people.part(Role.SPONSOR).email),
        admin=str(people.part(Role.ADMIN).email),
    )


def _play_the_game(people: cast.Cast, setting: past.Setting) -> None:
    """Rules, praise, contests, rewards and the screen on the wall."""
    governance.play(people, setting)
    recognition.fill(people, setting)
    contests.fill(people, setting)
    rewards.fill(people, setting)
    surprises.fill(people, setting)
    walls.hang(people, setting)
    running.run(people, setting)
    plan.fill(people, setting)
    lab.fill(people, setting)
    bell.read(setting)


def _step() -> None:
    db.session.commit()
    db.session.expunge_all()
    write()
