"""What Microsoft Entra ID and Okta send, as their documentation shows it, is understood in their order."""

from typing import Any

import pytest

from app.domain.agency.person import by_email
from tests.blueprints.scim.conftest import ENTERPRISE, PATCH, USER, Provider, read

MAIL = "noor.bakker@voorbeeld.nl"


def status_and_total(provider: Provider, path: str) -> tuple[int, int]:
    answer = provider.get(path)
    return answer.status_code, read(answer)["totalResults"]


def is_active(provider: Provider, email: str = MAIL) -> bool:
    with provider.app.app_context():
        found = by_email(email)
        assert found is not None
        return found.is_active


def entra_user() -> dict[str, Any]:
    """With everything of its usual mapping, the greater part of which we do not keep."""
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": MAIL,
        "active": True,
        "displayName": "Noor Bakker",
        "title": "Intercedent",
        "preferredLanguage": "nl-NL",
        "addresses": [{"type": "work", "locality": "Zwolle", "streetAddress": "Kade 1"}],
        "phoneNumbers": [{"type": "work", "value": "+31 38 123 45 67"}],
        "emails": [{"primary": True, "type": "work", "value": MAIL}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "Noor Bakker", "familyName": "Bakker", "givenName": "Noor"},
        "roles": [],
        ENTERPRISE: {"department": "Flex", "employeeNumber": "7", "manager": {"value": "1"}},
    }


def test_entra_tests_the_connection_with_somebody_who_is_not_there(provider: Provider) -> None:
    path = '/Users?filter=userName eq "non-existent user"'
    assert status_and_total(provider, path) == (200, 0)
    assert status_and_total(provider, "/Users?filter=externalId eq %22b7%22") == (200, 0)


def test_entra_adds_looks_up_changes_and_disables(provider: Provider) -> None:
    answer = provider.ask("POST", "/Users", entra_user(), Content_Type="application/scim+json; charset=utf-8")
    assert answer.status_code == 201, answer.text
    told = read(answer)
    assert (told["displayName"], told["externalId"]) == ("Noor Bakker", entra_user()["externalId"])
    assert answer.headers["Location"] == told["meta"]["location"]
    assert status_and_total(provider, f'/Users?filter=userName eq "{MAIL}"') == (200, 1)
    changed = provider.patch(
        told["id"],
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "noor@voorbeeld.nl"},
        {"op": "Replace", "path": "name.familyName", "value": "van Vliet"},
        {"op": "Add", "path": "displayName", "value": "Noor van Vliet"},
        {"op": "Replace", "path": "title", "value": "Vestigingsmanager"},
        {"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Detachering"},
        {"op": "Add", "path": 'phoneNumbers[type eq "mobile"].value', "value": "0612345678"},
        {"op": "Replace", "path": 'roles[primary eq "True"].value', "value": "admin"},
    )
    assert changed.status_code == 204, changed.text
    now = read(provider.get(f"/Users/{told['id']}"))
    assert (now["displayName"], now["name"]["familyName"]) == ("Noor van Vliet", "van Vliet")
    disabled = provider.patch(told["id"], {"op": "Replace", "path": "active", "value": "False"})
    assert disabled.status_code == 204, disabled.text
    assert not is_active(provider, "noor@voorbeeld.nl")
    assert read(provider.get(f"/Users/{told['id']}"))["active"] is False
    assert provider.patch(told["id"], {"op": "Replace", "path": "active", "value": "True"}).status_code == 204
    assert is_active(provider, "noor@voorbeeld.nl")
    assert provider.ask("DELETE", f"/Users/{told['id']}").status_code == 204
    assert not is_active(provider, "noor@voorbeeld.nl")


@pytest.mark.parametrize("value", ["False", "false", False])
def test_entra_disables_in_each_of_its_spellings(value: object, provider: Provider) -> None:
    told = provider.welcome(MAIL)
    by_path, whole = {"op": "Replace", "path": "active", "value": value}, {"op": "replace", "value": {"active": value}}
    for operation in (by_path, whole):
        assert provider.patch(told["id"], operation).status_code == 204
        assert not is_active(provider)
        assert provider.patch(told["id"], {"op": "Add", "path": "active", "value": "True"}).status_code == 204


def test_entra_removes_what_somebody_has_no_more(provider: Provider) -> None:
    told = provider.welcome(MAIL, name={"givenName": "Noor"}, emails=[{"value": "n@voorbeeld.nl", "type": "work"}])
    removed = {"op": "Remove", "path": 'emails[type eq "work"].value'}
    assert provider.patch(told["id"], removed, {"op": "Remove", "path": "name.givenName"}).status_code == 204
    assert is_active(provider, MAIL)


def okta_user() -> dict[str, Any]:
    return {
        "schemas": [USER],
        "userName": MAIL,
        "name": {"givenName": "Noor", "familyName": "Bakker"},
        "emails": [{"primary": True, "value": MAIL, "type": "work"}],
        "displayName": "Noor Bakker",
        "locale": "nl-NL",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": True,
    }


def test_okta_tests_adds_changes_and_deactivates(provider: Provider) -> None:
    assert provider.get("/Users?startIndex=1&count=2").status_code == 200
    assert status_and_total(provider, f'/Users?filter=userName eq "{MAIL}"&startIndex=1&count=100') == (200, 0)
    answer = provider.ask("POST", "/Users", okta_user(), Content_Type="application/scim+json")
    assert answer.status_code == 201, answer.text
    assert "1mz050nq" not in answer.text
    told = read(answer)
    path = f"/Users/{told['id']}"
    renamed = provider.ask("PUT", path, told | {"displayName": "Noor de Wit", "groups": []})
    assert (renamed.status_code, read(renamed)["displayName"]) == (200, "Noor de Wit")
    for active in (False, True):
        body = {"schemas": [PATCH], "Operations": [{"op": "replace", "value": {"active": active}}]}
        assert provider.ask("PATCH", path, body).status_code == 204
        assert is_active(provider) is active


def test_okta_deactivates_by_a_whole_user_as_well(provider: Provider) -> None:
    told = read(provider.ask("POST", "/Users", okta_user()))
    path = f"/Users/{told['id']}"
    assert read(provider.ask("PUT", path, okta_user() | {"id": told["id"], "active": False}))["active"] is False
    assert not is_active(provider)


def test_what_a_whole_user_does_not_say_stays_as_it_is(provider: Provider) -> None:
    told = read(provider.ask("POST", "/Users", okta_user()))
    path = f"/Users/{told['id']}"
    assert provider.ask("PUT", path, {"schemas": [USER], "userName": MAIL}).status_code == 200
    assert is_active(provider)
    assert provider.patch(told["id"], {"op": "replace", "value": {"active": False}}).status_code == 204
    assert provider.ask("PUT", path, {"schemas": [USER], "userName": MAIL}).status_code == 200
    assert not is_active(provider)


def test_google_looks_for_mail_and_adds_without_a_display_name(provider: Provider) -> None:
    body = okta_user() | {"displayName": None, "name": {"givenName": "Noor", "familyName": "Bakker"}}
    told = read(provider.ask("POST", "/Users", {name: value for name, value in body.items() if value is not None}))
    with provider.app.app_context():
        found = by_email(MAIL)
    assert found is not None
    assert (found.name, "displayName" in told) == ("Noor Bakker", False)
