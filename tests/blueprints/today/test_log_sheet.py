"""The log sheet: search, or one of those contacted last, then the outcome."""

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.program import action_kind
from app.domain.program.program import the_program
from tests import make
from tests.blueprints.today.scene import Desk


def test_it_begins_with_a_search_field(desk: Desk) -> None:
    html = desk.sanne.get("/log").text
    assert 'name="q"' in html
    assert "Wie je benadert komt hier te staan" in html
    assert 'href="/candidates/new?name="' in html


def test_whom_one_contacted_last_comes_first(desk: Desk) -> None:
    for candidate_id in (desk.bram, desk.chantal):
        desk.sanne.post("/actions", desk.form(candidate=candidate_id))
    html = desk.sanne.get("/log").text
    assert html.index("Chantal de Groot") < html.index("Bram Willems")


def test_what_colleagues_logged_is_not_among_them(desk: Desk) -> None:
    desk.sanne.post("/actions", desk.form())
    assert "Bram Willems" not in desk.sanne.sign_in(desk.people.bram).get("/log").text


def test_a_search_lists_who_is_meant(desk: Desk) -> None:
    html = desk.sanne.get("/log?q=chan").text
    assert f'href="/log?candidate={desk.chantal}"' in html
    assert f'href="/log?candidate={desk.bram}"' not in html


def test_nobody_found_is_said(desk: Desk) -> None:
    assert "Niemand gevonden" in desk.sanne.get("/log?q=zzz").text


def test_enter_goes_on_when_only_one_is_meant(desk: Desk) -> None:
    assert "Vastleggen voor Chantal de Groot" in desk.sanne.get("/log?q=chan&go=1").text
    assert "Vastleggen voor" not in desk.sanne.get("/log?q=de&go=1").text.replace("Vastleggen voor Chantal", "")


def test_in_the_sheet_enter_takes_the_first(desk: Desk) -> None:
    html = desk.sanne.get("/log?q=061&go=1", part=True).text
    assert "Vastleggen voor Chantal de Groot" in html
    assert 'hx-target="closest .log-sheet"' in html


def test_as_one_types_only_the_names_change(desk: Desk) -> None:
    headers = {"HX-Request": "true", "HX-Target": "div#found"}
    html = desk.sanne.client.get("/log?q=bra", headers=headers).text
    assert html.lstrip().startswith('<div class="stack stack-tight" id="found">')
    assert "Bram Willems" in html


def test_the_outcomes_and_everything_else(desk: Desk) -> None:
    html = desk.sanne.get(f"/log?candidate={desk.bram}").text
    for value in ("spoke", "replied", "do_not_contact", "done"):
        assert f'value="{value}"' in html
    assert 'value="status_update"' in html
    assert "hx-post" not in html.split("<main")[1].split("</main>")[0]


def for_members(desk: Desk) -> str:
    """A kind that only team members log; answers its code."""
    with desk.sanne.app.app_context():
        program = the_program()
        assert program
        facts = {"label_nl": "Papieren in orde gemaakt", "label_en": "Papers put in order"}
        kind = action_kind.add_kind(program.id, **facts, points=20, by_id=None, at=make.START, for_members=True)
        db.session.commit()
        return kind.code


def of_the_team(desk: Desk) -> Person:
    with desk.sanne.app.app_context():
        sanne = db.session.get_one(Person, desk.people.sanne.id)
        member = make.person("Planning", Role.MEMBER, team=db.session.get(Team, sanne.team_id))
        db.session.commit()
        return member


def test_what_only_team_members_do_stands_before_the_outcomes_and_is_one_press(desk: Desk) -> None:
    code, url = for_members(desk), f"/log?candidate={desk.bram}"
    button = f'name="own" value="{code}"'
    assert button not in desk.sanne.get(url).text
    member = desk.sanne.sign_in(of_the_team(desk))
    html = member.get(url).text
    assert html.index(button) < html.index('value="spoke"')
    facts = {name: value for name, value in desk.form().items() if name != "outcome"}
    member.post("/actions", facts | {"own": code}, at=url)
    assert "Papieren in orde gemaakt" in member.get(f"/candidates/{desk.bram}").text


def test_what_is_worth_less_leads_to_the_rule(desk: Desk) -> None:
    for _ in range(2):
        desk.sanne.post("/actions", desk.form("message_sent"))
    assert 'href="/program/about#limits"' in desk.sanne.get("/candidates").text
    assert 'id="limits"' in desk.sanne.get("/program/about").text
