"""Mails of the game: a competition's moments, rewards and surprises."""

from collections.abc import Mapping
from functools import partial

from app.demo.mails.invented import DAY, NOW, TODAY, Sample, around
from app.domain.game.competing.announcing import Moment
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.own_part import OwnPart
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.rewarding.redemption import Redemption, RedemptionState
from app.domain.game.rewarding.reward import Reward
from app.mail import public_url
from app.words import competition_formats, contest_letters, handing, own_part
from app.words import reward as reward_words
from app.words.money import euros


def samples() -> list[Sample]:
    """Every moment, and every way in which a wish ends."""
    return [
        *(Sample("competition", moment.value, partial(_contest, moment)) for moment in Moment),
        Sample("competition", "invited", lambda: _contest(Moment.START, invited=True)),
        Sample("reward_waits", "requested", lambda: _reward("reward_waits", RedemptionState.REQUESTED)),
        Sample("reward_waits", "approved", lambda: _reward("reward_waits", RedemptionState.APPROVED)),
        Sample("reward_decided", "approved", lambda: _reward("reward_decided", RedemptionState.APPROVED)),
        Sample("reward_decided", "declined", lambda: _declined("Deze maand niet; vraag het in december opnieuw.")),
        Sample("reward_decided", "expired", lambda: _reward("reward_decided", RedemptionState.EXPIRED)),
        Sample("surprise", "words", lambda: _surprise(0)),
        Sample("surprise", "worth-something", lambda: _surprise(2_500)),
    ]


def _contest(moment: Moment, *, invited: bool = False) -> Mapping[str, object]:
    row = Competition(
        program_id=0, name="Samen naar 12.000", format=Format.TEAM_GOAL, goal=12_000, first=TODAY.replace(day=9),
        last=TODAY.replace(day=27), made_by_id=1, made_at=NOW,
    )  # fmt: skip
    return {
        "moment": moment,
        "program": "Vaste Band",
        "competition": row,
        "lines": _lines(row, moment),
        "invitation": contest_letters.invitation() if invited else "",
        "words": contest_letters,
        "url": public_url("/contests/1"),
        **around("competition"),
    }


def _lines(row: Competition, moment: Moment) -> list[str]:
    until = contest_letters.until_when(row, moment, row.last if moment is Moment.LAST_DAY else TODAY)
    if moment is Moment.START:
        return [competition_formats.format_sentence(row.format), until]
    together = 12_340 if moment is Moment.FINAL else 9_360
    found = [f"{own_part.stands(OwnPart('team_goal', 'points', 12_000, together))}."]
    if moment is Moment.PROVISIONAL:
        return [*found, contest_letters.objection(NOW + 2 * DAY)]
    won = [contest_letters.won(["Taart voor iedereen"])] if moment is Moment.FINAL else []
    return [*won, *found, until]


def _reward(kind: str, state: RedemptionState, said: str = "") -> Mapping[str, object]:
    reward = Reward(
        program_id=0, kind="time_off", title_nl="Vrijdagmiddag vrij", title_en="Friday afternoon off", price=400,
        made_at=NOW,
    )  # fmt: skip
    asked = Redemption(
        reward_id=1, person_id=1, price=400, cents=0, state=state, key=b"", requested_at=NOW, expires_at=NOW + 21 * DAY
    )
    return {
        "program": "Vaste Band",
        "asked": asked,
        "reward": reward,
        "who": "Sanne de Vries",
        "words": reward_words,
        "said": said,
        "decided": handing.decided,
        "waits": handing.waits,
        "url": public_url("/budget/requests" if kind == "reward_waits" else "/rewards"),
        **around(kind),
    }


def _declined(said: str) -> Mapping[str, object]:
    return _reward("reward_decided", RedemptionState.DECLINED, said)


def _surprise(cents: int) -> Mapping[str, object]:
    text = "Je belde donderdag nog om zes uur met Pieter, en nu werkt hij. Dank je wel."
    given = Surprise(program_id=0, giver_id=2, receiver_id=1, text=text, given_at=NOW, cents=cents)
    facts = {"program": "Vaste Band", "surprise": given, "who": "Ines Visser", "euros": euros}
    return facts | {"url": public_url("/rewards" if cents else "/feed"), **around("surprise")}
