"""Events from other systems: whom they are about, what is kept of them, and what a browser may not say."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.db import Base, db
from app.domain.actions import incoming, joining, relabelling
from app.domain.actions.incoming import (
    Event,
    Fate,
    Happened,
    Introduced,
    Logged,
    Passed,
    Refusal,
    Sender,
    Subject,
    take_in_events,
)
from app.domain.actions.outcome import Outcome
from app.domain.candidates import consent, contact_flags, contact_state, identity
from app.domain.candidates.candidate import Candidate, Retention, branch_of
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.identity import Known
from app.domain.journey import event_name, source, unknown_kind, visit
from app.domain.journey.application import Application
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.journey.visit import Visit
from app.domain.journey.visitor import Visitor
from app.domain.scoring.engagement import tau_as_of
from tests import make
from tests.domain.scoring.scene import NOW
from tests.people import make_people

AISHA = Subject("a-1", "aisha@example.com", name="Aisha", anonymous_id="browser", consent=True)
BROWSER = Subject(anonymous_id="browser")
MINUTE = timedelta(minutes=1)
ANY_NUMBER = 10**9
"""PostgreSQL counts on from test to test: what came in has a number beyond any window."""


@pytest.fixture
def server(session: object) -> Sender:
    return _sender(trusted=True)


@pytest.fixture
def website(session: object) -> Sender:
    return _sender(trusted=False)


def _sender(*, trusted: bool) -> Sender:
    make_people()
    row, _ = source.make("Website", None, NOW, trusted=trusted)
    return Sender(row.id, row.name, trusted)


def another(sender: Sender, *, trusted: bool) -> Sender:
    row, _ = source.make("Ander", None, NOW, trusted=trusted)
    return Sender(row.id, row.name, trusted)


def take(sender: Sender, *events: Event) -> list[Fate | Refusal]:
    return [became.fate for became in take_in_events(sender, events, NOW)]


def did(name: str, subject: Subject = BROWSER, event: str = "Job Viewed", ago: timedelta = MINUTE) -> Happened:
    return Happened(name, subject, event, NOW - ago)


def introduced(subject: Subject = AISHA) -> Introduced:
    return Introduced("who", subject)


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def stored(*columns: str) -> list[tuple[object, ...]]:
    named = [getattr(Touchpoint, column) for column in columns]
    return [tuple(row) for row in db.session.execute(select(*named).order_by(Touchpoint.external_id))]


def test_introduced_by_two_at_once_is_one_candidate(server: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    assert take(server, introduced()) == [Fate.ACCEPTED]
    seen = [Known({}, {})]
    look = identity.find_known
    monkeypatch.setattr(identity, "find_known", lambda *asked: seen.pop() if seen else look(*asked))
    assert take(server, introduced(), introduced()) == [Fate.ACCEPTED, Fate.ACCEPTED]
    assert count(Candidate) == 1


def test_a_mail_address_will_do_as_a_name(server: Sender) -> None:
    take(server, introduced(Subject(email="aisha@example.com", consent=True)))
    assert db.session.scalars(select(Candidate.name)).all() == ["aisha"]


def test_whoever_agrees_comes_in_without_an_owner(server: Sender) -> None:
    take(server, introduced())
    row = db.session.scalars(select(Candidate)).one()
    assert (row.owner_id, row.origin, row.retention) == (None, "Website", Retention.POOL)
    kept = consent.current(row.id)
    assert [kept[purpose, None].via for purpose in (ConsentPurpose.POOL, ConsentPurpose.TRACKING)] == [Via.FORM] * 2


@pytest.mark.parametrize("said", [None, False])
def test_without_consent_nobody_new_comes_in(server: Sender, said: bool | None) -> None:
    assert take(server, introduced(AISHA._replace(consent=said)), did("1", AISHA)) == [Refusal.NO_CONSENT, Fate.WAITING]
    assert count(Candidate) == 0


def test_a_recruiter_logs_only_for_whom_they_may_see(server: Sender) -> None:
    otto = branch_of(make.person("Olga Ver", team=make.team("Ede", make.branch("Oost"))).id)
    make.candidate(external_id="z-1", branch_id=otto)
    logged = Logged("1", Subject("z-1"), NOW, "sanne@voorbeeld.nl", Outcome.SPOKE)
    assert take(server, logged) == [Refusal.UNKNOWN_CANDIDATE]


@pytest.mark.parametrize("first", [True, False])
def test_visits_join_whichever_is_heard_of_first(website: Sender, first: bool) -> None:
    server = another(website, trusted=True)
    steps: list[tuple[Sender, list[Event]]] = [
        (website, [did("1"), did("2", ago=2 * MINUTE)]),
        (server, [introduced()]),
    ]
    for sender, events in steps if first else reversed(steps):
        take(sender, *events)
    assert (count(Visit), [external_id for (external_id,) in stored("external_id")]) == (0, ["1", "2"])
    person = db.session.scalars(select(Candidate.id)).one()
    state = contact_state.lock(person)
    assert state.tau == pytest.approx(tau_as_of([person], NOW)[person])


def test_one_batch_may_tell_them_in_any_order(server: Sender) -> None:
    assert take(server, did("1"), did("2", AISHA), introduced()) == [Fate.ACCEPTED] * 3
    assert (count(Visit), count(Touchpoint)) == (0, 2)


def test_a_visit_that_is_sent_again_is_known(website: Sender) -> None:
    assert take(website, did("1"), did("1")) == [Fate.WAITING, Fate.DUPLICATE]
    take(another(website, trusted=True), introduced())
    assert take(website, did("1")) == [Fate.DUPLICATE]


def test_the_next_person_at_a_browser_takes_over_from_then_on(server: Sender) -> None:
    take(server, introduced(), did("1"))
    bram = Subject("b-1", name="Bram", anonymous_id="browser", consent=True)
    take(server, introduced(bram), did("2"))
    names = select(Candidate.name).join(Touchpoint, Touchpoint.candidate_id == Candidate.id)
    assert db.session.scalars(names.order_by(Touchpoint.external_id)).all() == ["Aisha", "Bram"]


def test_a_stranger_is_not_who_used_the_browser_before(server: Sender) -> None:
    take(server, introduced())
    assert take(server, did("1", Subject("stranger", anonymous_id="browser"))) == [Refusal.UNKNOWN_CANDIDATE]


def test_a_browser_speaks_for_nobody(website: Sender) -> None:
    bram = make.candidate("Bram", external_id="b-1")
    claimed = Subject("b-1", "bram@example.com", "", "Bram", "", "browser", consent=True)
    logged = Logged("2", claimed, NOW, "sanne@voorbeeld.nl", Outcome.SPOKE)
    assert take(website, introduced(claimed), logged) == [Refusal.NOT_TRUSTED] * 2
    assert take(website, did("1", claimed), did("3", Subject("b-1"))) == [Fate.WAITING, Refusal.NO_CANDIDATE]
    assert (count(Touchpoint), count(Visitor), bram.name) == (0, 0, "Bram")


def test_a_shared_address_is_whoever_uses_the_browser(server: Sender) -> None:
    take(server, introduced())
    other = make.candidate("Yusuf")
    identity.add(other, identity.Channel.EMAIL, "aisha@example.com", NOW)
    shared = Subject(email="aisha@example.com")
    assert take(server, did("1", shared), did("2", shared._replace(anonymous_id="browser"))) == [
        Refusal.AMBIGUOUS,
        Fate.ACCEPTED,
    ]


@pytest.mark.parametrize("how", ["withdrew", "objected", "told"])
def test_who_does_not_want_to_be_followed_is_not(server: Sender, how: str) -> None:
    take(server, introduced(), did("0"))
    person = db.session.scalars(select(Candidate.id)).one()
    if how == "withdrew":
        consent.withdraw(person, ConsentPurpose.TRACKING, via=Via.OWN_PAGE, by_id=None, now=NOW)
    elif how == "objected":
        contact_flags.objected(person, NOW)
    else:
        take(server, introduced(AISHA._replace(consent=False)), introduced(AISHA._replace(consent=False)))
    events = (
        did("1"),
        did("2", event="Email Opened"),
        did("3", event="What Is This"),
        did("4", event="form submitted"),
    )
    assert take(server, *events) == [Fate.UNFOLLOWED] * 3 + [Fate.ACCEPTED]
    assert [external_id for (external_id,) in stored("external_id")] == ["0", "4"]


def test_what_tells_nothing_is_passed_over(server: Sender) -> None:
    take(server, introduced())
    event_name.map_to("Chat Opened", None, make_person(), NOW)
    events = Passed("1"), did("2", event="CHAT OPENED"), did("3", event="Fanfare Test"), did("4", event="Page Seen")
    assert take(server, *events) == [Fate.PASSED, Fate.PASSED, Fate.TESTED, Fate.PASSED]
    assert count(Touchpoint) == 0


def make_person() -> int:
    return make.person("Mila Kok").id


def verdicts(sender: Sender) -> list[object]:
    return [verdict for (verdict,) in stored("verdict")]


def test_a_page_that_nobody_looked_at_counts_for_little(website: Sender) -> None:
    take(another(website, trusted=True), introduced())
    take(website, did("1"), did("2", event="Form Submitted"))
    assert verdicts(website) == ["unknown", "human"]
    take(website, did("3", event="Page Seen", ago=MINUTE / 2))
    assert verdicts(website) == ["human", "human"]


def test_three_seconds_on_the_same_page_are_a_look(website: Sender) -> None:
    take(another(website, trusted=True), introduced())
    take(website, did("1"), did("2", ago=MINUTE - timedelta(seconds=2)), did("3", ago=MINUTE - timedelta(seconds=3)))
    assert verdicts(website) == ["human", "unknown", "unknown"]


@pytest.mark.parametrize("at_once", [True, False])
def test_an_unknown_visitor_may_look_too(website: Sender, at_once: bool) -> None:
    seen = did("2", event="Page Seen", ago=MINUTE / 2)
    for events in [(did("1"), seen)] if at_once else [(did("1"),), (seen,)]:
        take(website, *events)
    take(another(website, trusted=True), introduced())
    assert stored("external_id", "verdict") == [("1", "human")]


def test_no_more_is_kept_of_a_visitor_than_we_keep(website: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "MOST_OF_VISITOR", 2)
    assert take(website, did("1"), did("2"), did("3")) == [Fate.WAITING, Fate.WAITING, Refusal.TOO_MANY]
    assert take(website, did("4")) == [Refusal.TOO_MANY]


def test_whoever_floods_a_source_does_not_keep_the_next_visitor_out(
    website: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "MOST_OF_SOURCE", 3)
    monkeypatch.setattr(visit, "ROOM", 0)
    for number in range(5):
        assert take(website, did(f"o{number}", Subject(anonymous_id=f"other {number}"))) == [Fate.WAITING]
    assert db.session.scalars(select(visit.Visit.external_id).order_by(visit.Visit.id)).all() == ["o2", "o3", "o4"]


def test_a_long_history_joins_in_portions(website: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    take(website, *(did(str(number), ago=number * MINUTE * 60) for number in range(1, 31)))
    monkeypatch.setattr(joining, "MOST", 12)
    take(another(website, trusted=True), introduced())
    assert count(Touchpoint) == 12
    assert [joining.catch_up(NOW) for _ in range(3)] == [12, 6, 0]
    assert (count(Touchpoint), count(Visit)) == (30, 0)


def test_names_that_nobody_mapped_have_an_end(server: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    take(server, introduced(), did("1", event="One"))
    monkeypatch.setattr(unknown_kind, "MOST", 2)
    take(server, did("2", event="Two"), did("3", event="Three"), did("4", event="One"))
    assert sorted(stored("kind")) == [("One",), ("One",), ("Three",), (unknown_kind.OTHERS,)]


def test_the_past_follows_a_new_meaning(server: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    take(server, introduced(), *(did(str(at), event="Chat Started", ago=at * MINUTE) for at in range(1, 4)))
    take(server, did("5", event="CHAT started"), did("6"))
    person, by = db.session.scalars(select(Candidate.id)).one(), make_person()
    monkeypatch.setattr(relabelling, "PORTION", 2)
    monkeypatch.setattr(relabelling, "WINDOW", ANY_NUMBER)
    event_name.map_to("chat started", "inbound_reply", by, NOW)
    assert [relabelling.advance(NOW) for _ in range(4)] == [2, 2, 0, None]
    assert stored("kind") == [("inbound_reply",)] * 4 + [("job_view",)]
    state = contact_state.lock(person)
    assert state.tau == pytest.approx(tau_as_of([person], NOW)[person])
    assert state.last_inbound_at == NOW - MINUTE
    assert unknown_kind.listed() == []


def test_a_slip_in_the_meaning_is_put_right(server: Sender) -> None:
    chat = did("1", event="Chat")._replace(payload={"event": "Chat"})
    take(server, introduced(), chat, did("2", event="Form Submitted"))
    kind, by = unknown_kind.make_kind("Chat", "Chat!", KindRole.INBOUND), make_person()
    for code in ("form", kind.code):
        event_name.map_to("Chat", code, by, NOW)
        while relabelling.advance(NOW) is not None:
            pass
    assert (kind.code, stored("kind")) == ("chat", [("chat",), ("form",)])
    assert unknown_kind.make_kind("Chat", "Chat", KindRole.OTHER).code == "chat_2"


def test_what_waits_follows_too(website: Sender) -> None:
    take(website, did("1", event="Chat"))
    assert [(each.name, each.times) for each in unknown_kind.listed()] == [("Chat", 1)]
    event_name.map_to("Chat", "form", make_person(), NOW)
    relabelling.advance(NOW)
    assert db.session.scalars(select(Visit.kind)).all() == ["form"]


def test_an_unknown_kind_is_not_known(server: Sender) -> None:
    take(server, introduced(), did("1", event="Chat"))
    assert db.session.scalars(select(TouchpointKind.code).where(~TouchpointKind.known)).all() == ["Chat"]
    assert incoming.KEPT[visit.Kept.TOO_MANY] is Refusal.TOO_MANY


def clicked(*links: str) -> list[Happened]:
    return [
        did(link, AISHA, "Email Clicked", MINUTE - timedelta(seconds=number))._replace(message="mail", link=link)
        for number, link in enumerate(links)
    ]


def test_a_click_in_a_mail_waits_for_its_verdict(server: Sender) -> None:
    assert take(server, introduced(), *clicked("a", "b")) == [Fate.ACCEPTED] * 3
    assert verdicts(server) == ["unknown", "unknown"]


def test_a_burst_of_clicks_is_a_machine_s(server: Sender) -> None:
    take(server, introduced(), *clicked("a", "b", "c"))
    assert verdicts(server) == ["machine"] * 3
    assert contact_state.lock(db.session.scalars(select(Candidate.id)).one()).tau is None


def test_nobody_is_introduced_without_a_name_or_an_address(server: Sender) -> None:
    who = introduced(Subject(anonymous_id="browser", name="Aisha", consent=True))
    assert take(server, who, introduced(Subject("n-1", consent=True))) == [Refusal.NO_TRAITS] * 2


def test_an_application_of_the_past_follows_a_new_meaning(server: Sender) -> None:
    take(server, introduced(), did("1", event="Sollicitatie")._replace(vacancy="v-1"))
    event_name.map_to("Sollicitatie", "application_started", make_person(), NOW)
    while relabelling.advance(NOW) is not None:
        pass
    assert db.session.scalars(select(Application.state)).all() == ["started"]


@pytest.mark.parametrize("trusted", [True, False])
def test_the_end_of_the_calendar_is_now(session: None, trusted: bool) -> None:
    """Whoever reckons half a minute on from there falls off it."""
    sender, last = _sender(trusted=trusted), datetime.max.replace(tzinfo=UTC)
    them = AISHA if trusted else BROWSER
    events = [
        Happened("p", them, "page", last),
        Happened("s", them, "Page Seen", last),
        Happened("a", them, "Email Link Clicked", last, message="m", link="1"),
        Happened("b", them, "Email Link Clicked", last, message="m", link="2"),
    ]
    make.candidate("Aisha", external_id="a-1")
    assert set(take(sender, *events)) <= {Fate.ACCEPTED, Fate.WAITING, Fate.PASSED}
    kept = Touchpoint if trusted else Visit
    assert set(db.session.scalars(select(kept.occurred_at))) == {NOW}


@pytest.mark.parametrize("introduced_before", [True, False])
def test_a_browser_does_not_say_that_somebody_replied(website: Sender, introduced_before: bool) -> None:
    """A reply verifies a recruiter's message, and everybody can read a browser's key."""
    if introduced_before:
        take(another(website, trusted=True), introduced())
    assert take(website, did("r", event="Email Replied")) == [Refusal.NOT_TRUSTED]
    assert (count(Touchpoint), count(Visit)) == (0, 0)
