"""Possible duplicates and merging, as a team lead meets them: look, choose, merge, be led on, undo."""

from dataclasses import dataclass

import pytest

from app.db import db
from app.domain.agency.person import Role
from app.domain.candidates import identity, label
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, branch_of
from app.domain.candidates.label import LabelKind
from app.domain.custody import duplicate, merge
from app.domain.custody.likeness import Alike, Reason
from tests import make
from tests.people import Browser, People


@dataclass(frozen=True)
class Twins:
    """Two records of one person, and the team lead who looks at them."""

    lead: Browser
    kept: int
    other: int

    @property
    def url(self) -> str:
        return f"/candidates/{self.kept}/merge/{self.other}"

    def merge(self, **choices: str) -> str:
        answer = self.lead.post(self.url, choices, at=self.url)
        assert answer.status_code == 303
        return answer.headers["Location"]

    def fact(self, name: str) -> object:
        with self.lead.app.app_context():
            return getattr(db.session.get_one(Candidate, self.kept), name)

    def merges(self) -> list[int]:
        with self.lead.app.app_context():
            found = merge.of(self.kept, make.START)
            return [found.id] if found else []


@pytest.fixture
def twins(browser: Browser, people: People) -> Twins:
    with browser.app.app_context():
        branch = branch_of(people.lead.id)
        kept = make.candidate("Jan de Vries", branch_id=branch)
        other = make.candidate("Jan Vries", branch_id=branch, owner=people.sanne)
        kept.region, other.region, other.travel_km, other.language = "Zwolle", "Breda", 25, "nl"
        other.referred_by_id = make.candidate("Els Bos").id
        for row in (kept, other):
            identity.add(row, Channel.EMAIL, "jan@voorbeeld.nl", make.START)
        label.put(other.id, LabelKind.SKILL, {"Lassen": None}, make.START)
        duplicate.add([Alike(kept.id, other.id, Reason.EMAIL, 96)], make.START)
        db.session.commit()
        return Twins(browser.sign_in(people.lead), kept.id, other.id)


def test_the_list_says_why(twins: Twins) -> None:
    page = twins.lead.get("/candidates/duplicates").text
    assert "Hetzelfde e-mailadres" in page
    assert "zeer waarschijnlijk" in page
    assert f'href="{twins.url}"' in page


def test_nobody_looks_alike(twins: Twins) -> None:
    twins.lead.post(f"{twins.url}/apart", at=twins.url)
    assert "Geen dubbelen" in twins.lead.get("/candidates/duplicates").text


def test_the_list_has_pages(twins: Twins) -> None:
    with twins.lead.app.app_context():
        ids = [make.candidate().id for _ in range(30)]
        duplicate.add([Alike(twins.kept, each, Reason.NAME, 80) for each in ids], make.START)
        db.session.commit()
    assert "page=2" in twins.lead.get("/candidates/duplicates").text
    assert "page=1" in twins.lead.get("/candidates/duplicates?page=2").text


def test_facts_stand_side_by_side(twins: Twins) -> None:
    page = twins.lead.get(twins.url).text
    for told in ("Zwolle", "Breda", "25 km", "Sanne de Vries", "Els Bos", "Nederlands", "Lassen", "jan@voorbeeld.nl"):
        assert told in page
    assert 'name="region"' in page
    assert 'name="travel_km"' not in page  # only one of them is told


def test_what_is_chosen_stays(twins: Twins) -> None:
    assert twins.merge(region="other", stage="nonsense", nothing="kept") == f"/candidates/{twins.kept}"
    assert (twins.fact("region"), twins.fact("travel_km")) == ("Breda", 25)
    page = twins.lead.get(f"/candidates/{twins.kept}").text
    assert "Jan de Vries is nu één kandidaat." in page
    assert "Geen dubbelen" in twins.lead.get("/candidates/duplicates").text


@pytest.mark.parametrize("page", ["", "/edit", "/score"])
def test_the_pages_of_who_was_merged_lead_on(twins: Twins, page: str) -> None:
    twins.merge()
    answer = twins.lead.client.get(f"/candidates/{twins.other}{page}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/candidates/{twins.kept}{page}")


def test_to_an_outsider_nobody_was_merged(twins: Twins, otto: Browser) -> None:
    twins.merge()
    assert otto.client.get(f"/candidates/{twins.other}").status_code == 404
    assert Browser(twins.lead.app).client.get(f"/candidates/{twins.other}").status_code == 303  # to sign in


def test_a_merge_is_undone(twins: Twins) -> None:
    twins.merge(region="other")
    chosen = twins.lead.get(f"/candidates/{twins.kept}/merge").text
    (row,) = twins.merges()
    url = f"/candidates/{twins.kept}/merges/{row}/undo"
    assert url in chosen
    answer = twins.lead.post(url, at=f"/candidates/{twins.kept}/merge")
    assert answer.headers["Location"] == f"/candidates/{twins.other}"
    assert twins.fact("region") == "Zwolle"
    assert "Het zijn weer twee kandidaten." in twins.lead.get(f"/candidates/{twins.other}").text
    again = twins.lead.post(url, at=twins.url)
    assert again.headers["Location"] == f"/candidates/{twins.kept}"
    assert "al ongedaan gemaakt" in twins.lead.get(f"/candidates/{twins.kept}").text


def test_the_other_one_is_looked_for(twins: Twins) -> None:
    page = twins.lead.get(f"/candidates/{twins.kept}/merge").text
    assert "Misschien dezelfde persoon" in page
    found = twins.lead.get(f"/candidates/{twins.kept}/merge?q=vries").text
    assert f"/candidates/{twins.kept}/merge/{twins.other}" in found
    assert f"/merge/{twins.kept}" not in found
    assert "vinden we niemand" in twins.lead.get(f"/candidates/{twins.kept}/merge?q=zzzz").text


def test_two_at_once_are_told_and_nothing_is_lost(twins: Twins, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_given: object) -> None:
        raise merge.Refused(merge.Why.GONE)

    monkeypatch.setattr(merge, "merge", gone)
    answer = twins.lead.post(twins.url, {"region": "other"}, at=twins.url)
    assert answer.status_code == 422
    assert "Er is niets veranderd." in answer.text
    assert 'value="other" checked' in answer.text


def test_nobody_is_merged_with_themselves_or_with_whom_one_may_not_see(twins: Twins, people: People) -> None:
    with twins.lead.app.app_context():
        hidden = make.candidate("Ver Weg", branch_id=branch_of(people.otto.id)).id
        db.session.commit()
    for other in (twins.kept, hidden, 99_999):
        url = f"/candidates/{twins.kept}/merge/{other}"
        assert twins.lead.client.get(url).status_code == 404
        assert twins.lead.post(url, at=twins.url).status_code == 404
        assert twins.lead.post(f"{url}/apart", at=twins.url).status_code == 404


def test_a_recruiter_does_not_merge(twins: Twins, sanne: Browser) -> None:
    assert sanne.client.get(twins.url).status_code == 404
    assert sanne.client.get("/candidates/duplicates").status_code == 404


@pytest.mark.parametrize("language", ["en"])
def test_it_reads_in_english(twins: Twins, people: People, language: str) -> None:
    with twins.lead.app.app_context():
        people.ada.language = language
        db.session.merge(people.ada)
        db.session.commit()
    ada = twins.lead.sign_in(people.ada)
    assert people.ada.role == Role.ADMIN
    assert "Are these one person?" in ada.get(twins.url).text
