"""Anybody at the machine can draw again what was drawn."""

import pytest
from flask import Flask
from sqlalchemy import update

from app.db import db
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.competing.raffle import RaffleDraw, RaffleTicket
from tests.domain.game.competing import arena

BON = PrizePlan(PrizeKind.RAFFLE, "Bon", 10_00, number=2)


def drawn(app: Flask) -> int:
    with app.app_context():
        here = arena.start()
        row = here.publish(Format.THRESHOLD, goal=100, step=50, prizes=(BON,))
        for number, person in enumerate((here.scene.people.sanne, here.scene.people.bram, here.scene.people.lead), 1):
            here.scene.earn(300, source_id=number, candidate_id=number, person_id=person.id)
        here.finish(row)
        db.session.commit()
        return row.id


def verify(app: Flask, competition_id: int) -> tuple[int, str]:
    said = app.test_cli_runner().invoke(args=["raffle-verify", str(competition_id)])
    return said.exit_code, said.output


def test_a_draw_comes_out_the_same(app: Flask) -> None:
    code, said = verify(app, drawn(app))
    assert code == 0
    assert said.count("the same") == 2


@pytest.mark.parametrize(
    ("table", "facts", "told"),
    [
        (RaffleTicket, {"tickets": 9}, "CHANGED"),
        (RaffleDraw, {"ticket": 99}, "NOW ticket"),
        (Competition, {"seed": b"x" * 32}, "ANOTHER ONE"),
    ],
)
def test_whatever_was_changed_shows(app: Flask, table: type, facts: dict[str, object], told: str) -> None:
    row_id = drawn(app)
    with app.app_context():
        db.session.execute(update(table).values(**facts))
        db.session.commit()
    code, said = verify(app, row_id)
    assert code == 1
    assert told in said


def test_where_nothing_was_drawn(app: Flask) -> None:
    assert verify(app, 999)[0] == 1
