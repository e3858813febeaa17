"""The log sheet: search, or one of those contacted last, then the outcome."""

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
