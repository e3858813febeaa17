"""Every reason, every absence and every talking point as a sentence, in Dutch and in English."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.identity import Channel
from app.domain.program.phrase_text import reveals_watching
from app.domain.scoring.contact_next import NextUp, Placement
from app.domain.scoring.engagement import Score
from app.domain.scoring.gate import REST, Gate
from app.domain.scoring.place_in_pool import Place
from app.domain.scoring.priority import COMPONENTS, Contribution, Fact, Strength
from app.domain.scoring.ranking import Ranked, Slot
from app.language import in_language
from app.words import absence, conversation, days, reasons

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 3, 6, 10, tzinfo=UTC)  # a Friday
AT, DAY = NOW.timestamp(), 86_400.0
WEDNESDAY = AT - 2 * DAY


@pytest.fixture(autouse=True)
def dutch(session: None) -> Iterator[None]:
    with in_language("nl"):
        yield


def made(component: str, hundredths: int = 1000, strength: Strength = "medium", **facts: Fact) -> Contribution:
    return Contribution(component, hundredths, strength, facts)


def next_up(
    *contributions: Contribution,
    gate: Gate | None = None,
    channel: Channel | None = Channel.PHONE,
    stage: Stage = Stage.ENGAGE,
    again_from: datetime | None = None,
) -> NextUp:
    row = Candidate(name="Bram Willems", sort_name="", stage=stage, registered_at=NOW, updated_at=NOW)
    total = sum(one.hundredths for one in contributions)
    ranked = Ranked(1, total, contributions, gate, None if gate else "ranked")
    return NextUp(row, ranked, channel, (), Score(0, 0, None, None), again_from, NOW, ZONE)


PROMISE = made("promise", 6000, "strong", promise_at=WEDNESDAY)
FATIGUE = made("fatigue", -333, "light", unanswered=(AT - DAY,))


def test_the_headline_says_whom_why_and_what_to_mind() -> None:
    said = reasons.headline(next_up(PROMISE, made("engagement", 970), FATIGUE))
    assert said == "Bel Bram: je zou woensdag terugbellen. De laatste poging bleef onbeantwoord."


def test_the_headline_in_english() -> None:
    with in_language("en"):
        said = reasons.headline(next_up(PROMISE, FATIGUE))
    assert said == "Call Bram: you would call back on Wednesday. The last attempt went unanswered."


def test_the_second_sentence_is_the_next_reason_that_is_not_light() -> None:
    light = made("cadence", 200, "light", registered_at=AT)
    assert reasons.why_now(next_up(PROMISE, light)) == "Je zou woensdag terugbellen."
    assert reasons.why_now(next_up(PROMISE, made("neglect"))).endswith(
        "Wacht te lang op ons, langer dan bijna iedereen."
    )


def test_without_a_reason_nothing_presses() -> None:
    assert reasons.headline(next_up()).startswith("Bel Bram: niets dringends")
    assert reasons.reasons(next_up())[0].level == "light"


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (Channel.PHONE, "Bel Bram"),
        (Channel.WHATSAPP, "App Bram"),
        (Channel.EMAIL, "Mail Bram"),
        (Channel.SMS, "Sms Bram"),
        (Channel.LINKEDIN, "Benader Bram"),
        (None, "Benader Bram"),
    ],
)
def test_the_invitation_follows_the_channel(channel: Channel | None, said: str) -> None:
    assert reasons.invitation(next_up(channel=channel)) == said


def test_a_promise_is_not_called_a_call_on_another_channel() -> None:
    said = reasons.why_now(next_up(PROMISE, channel=Channel.EMAIL))
    assert said == "Je zou woensdag weer contact opnemen."


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (made("answer_owed", answer_owed_since=AT - DAY), "Ons antwoord had er gisteren moeten zijn"),
        (made("engagement", 3000, "strong"), "Toont veel interesse"),
        (made("engagement", 1000, "medium"), "Toont interesse"),
        (made("engagement", 100, "light"), "Toonde wat interesse"),
        (made("trigger", trigger_kind="form", trigger_at=AT), "Stuurde vandaag een formulier in"),
        (
            made("trigger", trigger_kind="unfinished_application", trigger_at=AT),
            "Maakte vandaag een sollicitatie niet af",
        ),
        (made("trigger", trigger_kind="keeps_coming_back", trigger_at=AT), "Komt vaak kijken"),
        (made("trigger", trigger_kind="fan", trigger_at=AT - 9 * DAY), "Werd op 25 februari fan"),
        (made("trigger", trigger_kind="new", trigger_at=AT), "Vroeg vandaag om aandacht"),
        (made("fresh"), "Was de afgelopen week nog actief"),
        (made("fresh", last_attempt_at=AT - 9 * DAY), "Was de afgelopen week nog actief, na je laatste poging"),
        (made("cadence", registered_at=AT), "Is nog niet benaderd"),
        (made("cadence", last_attempt_at=AT - 19 * DAY), "De laatste poging was 19 dagen geleden"),
        (made("neglect"), "Wacht te lang op ons, langer dan bijna iedereen"),
        (made("consent", consent_until=AT + 9 * DAY), "De gegevens verlopen op 15 maart"),
        (made("reach", 300), "Reageert vaker dan de meesten"),
        (made("recovery", recovery_due_at=AT), "Er ging iets mis, en het is aan jou om dat te herstellen"),
        (
            made("answer_owed", answer_owed_since=WEDNESDAY, answer_owed_about="completed"),
            "We zouden woensdag op de sollicitatie reageren",
        ),
        (
            made("answer_owed", answer_owed_since=WEDNESDAY, answer_owed_about="interviewed"),
            "We zouden woensdag laten weten hoe het gesprek was",
        ),
        (made("answer_owed", answer_owed_since=AT + DAY), "Ons antwoord wordt morgen verwacht"),
    ],
)
def test_every_component_has_its_sentence(one: Contribution, said: str) -> None:
    assert reasons.reasons(next_up(one))[0].text == said


STARTED = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("kind", "placement", "said"),
    [
        ("check_in", Placement(STARTED, None), "Eerste werkdag (vandaag): vraag hoe het gaat"),
        ("check_in", Placement(date(2026, 2, 27), None), "1 week aan het werk: vraag hoe het gaat"),
        ("check_in", Placement(date(2026, 2, 6), None), "4 weken aan het werk: vraag hoe het gaat"),
        (
            "redeploy",
            Placement(STARTED, date(2026, 3, 20)),
            "De opdracht eindigt over 14 dagen; bespreek wat daarna komt",
        ),
        ("redeploy", Placement(STARTED, date(2026, 3, 6)), "De opdracht eindigt vandaag; bespreek wat daarna komt"),
        ("redeploy", None, "Je zou vandaag terugbellen"),
        ("agreed", Placement(STARTED, None), "Je zou vandaag terugbellen"),
    ],
)
def test_what_a_placement_promised_has_its_own_words(kind: str, placement: Placement | None, said: str) -> None:
    about = replace(next_up(made("promise", promise_at=AT, promise_kind=kind)), placement=placement)
    assert reasons.reasons(about)[0].text == said
    agreed = conversation.talking_points(about)[0] == "Kom terug op wat jullie de vorige keer afspraken."
    assert agreed is (kind == "agreed")


def test_what_speaks_against_is_only_among_the_figures() -> None:
    against = made("reach", -300, "light")
    assert [one.text for one in reasons.figures(next_up(against, FATIGUE))] == [
        "Reageert minder vaak dan de meesten",
        "De laatste poging bleef onbeantwoord",
    ]


def test_no_component_is_without_words_or_icon() -> None:
    names = {component.name for component in COMPONENTS}
    assert names == set(reasons.CLAUSES) == set(reasons.ICONS)


def test_only_the_attempts_of_a_fortnight_are_counted() -> None:
    tired = made("fatigue", -667, "light", unanswered=(AT - DAY, AT - 2 * DAY, AT - 20 * DAY))
    assert reasons.figures(next_up(tired))[0].text == "De laatste 2 pogingen bleven onbeantwoord"


def test_at_most_three_reasons_are_read() -> None:
    many = [PROMISE, made("engagement"), made("fresh"), made("neglect")]
    assert [one.text for one in reasons.reasons(next_up(*many))] == [
        "Je zou woensdag terugbellen",
        "Toont interesse",
        "Was de afgelopen week nog actief",
    ]


def test_the_figures_add_up() -> None:
    shown = next_up(PROMISE, made("engagement", 970), FATIGUE)
    assert sum(round(one.figure * 100) for one in reasons.figures(shown)) == shown.ranked.priority == 6637


def test_a_given_name_that_was_told_apart_is_used() -> None:
    row = next_up()
    row.candidate.given_name = "Bram-Jan"
    assert reasons.given_name(row.candidate) == "Bram-Jan"


def test_why_somebody_is_not_there() -> None:
    gate = Gate("just_tried", AT - DAY + REST)
    shown = next_up(gate=gate, again_from=NOW + timedelta(days=3))
    assert f"{absence.why_not(shown)} {absence.absence(shown)}" == (
        "Waarom staat Bram er niet? Gisteren nog benaderd; weer vanaf maandag."
    )


def test_why_somebody_is_not_there_in_english() -> None:
    with in_language("en"):
        said = absence.absence(next_up(gate=Gate("paused", AT + DAY), again_from=NOW + timedelta(days=1)))
    assert said == "Asked to be left alone for a while; again from tomorrow."


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("retention_over", "De bewaartermijn van deze kandidaat is voorbij."),
        ("no_channel", "Er is geen kanaal dat werkt en mag."),
        ("do_not_contact", "Wil niet benaderd worden."),
        ("consent_withdrawn", "Trok de toestemming voor contact in."),
    ],
)
def test_some_gates_have_no_end(reason: str, said: str) -> None:
    assert absence.absence(next_up(gate=Gate(reason, None))) == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("paused", "Vroeg om even met rust gelaten te worden; weer vanaf morgen."),
        ("resting", "Vroeg om meer tijd tussen de contacten; weer vanaf morgen."),
        ("claimed", "Een collega is hiermee bezig; weer vanaf morgen."),
        ("unanswered", "Drie pogingen bleven onbeantwoord; weer vanaf morgen."),
        ("channel_closed", "Dit is geen tijd om te storen; weer vanaf morgen."),
    ],
)
def test_the_others_say_from_when(reason: str, said: str) -> None:
    assert absence.absence(next_up(gate=Gate(reason, AT + DAY), again_from=NOW + timedelta(days=1))) == said


def test_who_is_on_the_list_is_not_absent() -> None:
    assert absence.absence(next_up()) == ""


def test_others_go_first() -> None:
    shown = next_up()
    waiting = NextUp(shown.candidate, Ranked(1, 0, ()), None, (), shown.score, None, NOW, ZONE)
    assert absence.absence(waiting) == "Anderen gaan nu voor."


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 3, 6, 16, 5, tzinfo=ZONE), "16:05"),
        (datetime(2026, 3, 7, 9, tzinfo=ZONE), "morgen"),
        (datetime(2026, 3, 12, 9, tzinfo=ZONE), "donderdag"),
        (datetime(2026, 3, 13, 9, tzinfo=ZONE), "13 maart"),
    ],
)
def test_from_when(moment: datetime, said: str) -> None:
    assert days.from_moment(moment, date(2026, 3, 6)) == said


@pytest.mark.parametrize(("day", "said"), [(7, "morgen"), (9, "maandag"), (13, "op 13 maart"), (1, "zondag")])
def test_on_which_day(day: int, said: str) -> None:
    assert days.on_day(date(2026, 3, day), date(2026, 3, 6)) == said


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_something_to_begin_with(stage: Stage) -> None:
    assert len(conversation.talking_points(next_up(stage=stage))) == 3


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (PROMISE, "Kom terug op wat jullie de vorige keer afspraken."),
        (made("answer_owed"), "Begin met het antwoord waarop Bram wacht."),
        (made("trigger", trigger_kind="form"), "Bedank voor het formulier en vraag wat Bram het liefst zou willen."),
        (made("consent"), "Vraag of we de gegevens langer mogen bewaren."),
    ],
)
def test_what_they_expect_comes_first(one: Contribution, said: str) -> None:
    assert conversation.talking_points(next_up(one))[0] == said


def test_a_talking_point_never_tells_what_the_score_has_seen() -> None:
    seen = [made("engagement", 3000, "strong"), made("fresh"), made("trigger", trigger_kind="keeps_coming_back")]
    assert not reveals_watching(" ".join(conversation.talking_points(next_up(*seen))))


def test_an_agreed_rhythm_is_the_reason() -> None:
    agreed = next_up(made("cadence", cadence_days=21, last_attempt_at=AT - 30 * DAY))
    assert reasons.why_now(agreed) == "Jullie spraken af elke 21 dagen contact te hebben."


def test_before_the_third_attempt_in_vain_one_is_asked() -> None:
    two = made("fatigue", -667, "light", unanswered=(AT - DAY, AT - 2 * DAY))
    assert absence.nothing_heard(next_up(two)).startswith("Niets gehoord, toch? Twee pogingen")
    assert "laten we Bram tot " in absence.nothing_heard(next_up(two))


@pytest.mark.parametrize("ago", [(1,), (1, 15), (1, 2, 3), ()])
def test_at_other_times_it_is_not_asked(ago: tuple[int, ...]) -> None:
    tired = made("fatigue", -333, "light", unanswered=tuple(AT - days * DAY for days in ago))
    assert absence.nothing_heard(next_up(tired)) == ""


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        ("longest_waiting", "Staat op je lijst, als een van wie het langst wachten."),
        ("ranked", "Staat op je lijst."),
        (None, "Anderen gaan nu voor."),
    ],
)
def test_in_a_pool_of_thousands_nobody_is_counted(slot: Slot | None, said: str) -> None:
    row = next_up()
    assert absence.stands(Place(replace(row, ranked=replace(row.ranked, slot=slot)), None, 0, None)) == said
