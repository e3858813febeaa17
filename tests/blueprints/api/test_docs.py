"""What is told of the API: as OpenAPI, as a page, and by the command."""

import orjson

from app.blueprints.api.meanings import MEANINGS
from tests.house.matrix import SCOPES
from tests.people import Browser, People


def test_the_document_tells_every_address(browser: Browser, people: People) -> None:
    answer = browser.client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    told = answer.json or {}
    assert (answer.status_code, told["openapi"]) == (200, "3.1.0")
    operations = [each for methods in told["paths"].values() for name, each in methods.items() if name != "parameters"]
    needs = {f"api.{each['operationId']}": each["security"][0]["token"] for each in operations}
    assert needs == {name: [str(scope)] if scope else [] for name, (scope, _roles) in SCOPES.items()}
    assert all(each["summary"] and "default" in each["responses"] for each in operations)
    problem = told["components"]["responses"]["DEFAULT_ERROR"]["content"]
    assert list(problem) == ["application/problem+json"]


def test_it_says_where_somebody_who_was_merged_is(browser: Browser, people: People) -> None:
    told = browser.client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).json or {}
    leading = {path for path, methods in told["paths"].items() if "303" in methods.get("get", {}).get("responses", {})}
    assert leading == {path for path, methods in told["paths"].items() if "{candidate_id}" in path and "get" in methods}


def test_it_speaks_the_language_asked_for(browser: Browser, people: People) -> None:
    said = {
        language: (browser.client.get("/api/v1/openapi.json", headers={"Accept-Language": language}).json or {})[
            "paths"
        ]["/api/v1/actions"]["post"]["summary"]
        for language in ("nl", "en")
    }
    assert said == {"nl": "Leg vast wat je voor een kandidaat deed", "en": "Log what you did for a candidate"}


def test_fields_whose_name_does_not_say_it_are_explained(browser: Browser, people: People) -> None:
    told = browser.client.get("/api/v1/openapi.json", headers={"Accept-Language": "nl"}).json or {}
    fields = {
        name: field.get("description", "")
        for schema, of in told["components"]["schemas"].items()
        for each, field in of.get("properties", {}).items()
        for name in (each, f"{schema}.{each}")
    }
    assert {name for name in MEANINGS if not fields.get(name)} == set()
    assert fields["CandidateTold.stage"].startswith("Waar ze in de reis zijn")
    assert fields["MineTold.points"] != fields["ActionTold.points"]


def test_a_page_tells_it_to_people(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.sanne).get("/api/docs").text
    assert all(word in page for word in ("/api/v1/candidates/{candidate_id}", "actions:write", "save_anyway"))
    within = ("figures.*.value", "verdict.sentence", "blocks.weeks.kept", "budget.cents.spent", "mine.next_place")
    assert all(f"<code>{name}</code>" in page for name in within), "what is in a list, of each code, or may be null"


def test_the_command_prints_it(browser: Browser) -> None:
    printed = browser.app.test_cli_runner().invoke(args=["openapi", "print"])
    assert printed.exit_code == 0
    assert orjson.loads(printed.output)["paths"]["/api/v1/actions"]["post"]["summary"].startswith("Log what")
    dutch = browser.app.test_cli_runner().invoke(args=["openapi", "print", "--language", "nl"])
    assert "Leg vast wat je" in dutch.output
