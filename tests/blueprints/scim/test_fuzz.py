"""Whatever is sent, it is no fault of ours, and what is refused has a reason."""

import string
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app.domain.agency import provisioning_token
from tests.blueprints.scim.conftest import PATCH, Provider, provider_of, read
from tests.people import make_people

OFFERED_NOWHERE = 501
KINDS = st.sampled_from(["application/json", "text/xml", "", "application/scim+json"])
NAMES = st.sampled_from(
    ["userName", "externalId", "displayName", "active", "emails", "name", "preferredLanguage", "schemas", "id", "meta"]
)
PATHS = st.one_of(
    NAMES,
    st.sampled_from(["name.givenName", 'emails[type eq "work"].value', "emails[", "emails.value", "a.b.c", "", "[]"]),
    st.text(max_size=20),
)
ODD = ["a@voorbeeld.nl", "\0", "\ud800", "İ" * 254, "x" * 300, "1" * 5000]
TEXT = st.one_of(st.text(max_size=30), st.sampled_from(ODD))
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXT)
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | TEXT, inner, max_size=4), max_leaves=12
)
USERS = st.dictionaries(NAMES, JSON, max_size=6)
OPERATION = st.fixed_dictionaries(
    {"op": st.sampled_from(["add", "Replace", "remove", "x"])}, optional={"path": PATHS, "value": JSON}
)
PATCHES = st.fixed_dictionaries({"schemas": st.just([PATCH]), "Operations": st.lists(OPERATION, max_size=4)})
QUERIES = st.dictionaries(
    st.sampled_from(["filter", "startIndex", "count", "attributes", "excludedAttributes", "sortBy", "cursor"]),
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(['userName eq "a"', "(" * 300, "not (" * 80 + "a pr" + ")" * 80, "9" * 40, "-1"]),
    ),
)


@pytest.fixture(scope="module")
def unhurried() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(provisioning_token, "A_MINUTE", 10**9)
        yield


@pytest.fixture
def asked(app: Flask, unhurried: None) -> Provider:
    with app.app_context():
        ada = make_people().ada
    return provider_of(app, ada)


def sane(answer: TestResponse) -> None:
    """No fault, and of a refusal the reason; the standard has a number for what a service does not offer."""
    assert answer.status_code < 500 or answer.status_code == OFFERED_NOWHERE, answer.text
    if answer.status_code >= 400:
        assert read(answer)["detail"]


@settings(max_examples=60)
@given(body=USERS)
def test_strange_users(asked: Provider, body: dict[str, Any]) -> None:
    sane(asked.ask("POST", "/Users", body))


@settings(max_examples=60)
@given(body=PATCHES)
def test_strange_changes(asked: Provider, body: dict[str, Any]) -> None:
    (told,) = read(asked.get('/Users?filter=userName eq "sanne@voorbeeld.nl"')).get("Resources") or [{"id": "1"}]
    sane(asked.ask("PATCH", f"/Users/{told['id']}", body))


@settings(max_examples=60)
@given(query=QUERIES)
def test_strange_questions(asked: Provider, query: dict[str, str]) -> None:
    client = asked.app.test_client()
    sane(client.get("/scim/v2/Users", query_string=query, headers=asked.headers))
    sane(asked.ask("POST", "/Users/.search", query))


@settings(max_examples=40)
@given(body=st.binary(max_size=200), kind=KINDS)
def test_what_is_no_json(asked: Provider, body: bytes, kind: str) -> None:
    client = asked.app.test_client()
    for method, path in (("POST", "/Users"), ("PUT", "/Users/1"), ("PATCH", "/Users/1"), ("POST", "/Bulk")):
        sane(client.open(f"/scim/v2{path}", method=method, data=body, content_type=kind, headers=asked.headers))


@settings(max_examples=40)
@given(name=st.text(string.printable, max_size=30))
def test_strange_places(asked: Provider, name: str) -> None:
    client = asked.app.test_client()
    for address in (f"/scim/v2/{name}", f"/scim/v2/Users/{name}", f"/scim/v2/Schemas/{name}"):
        answer = client.get(address, headers=asked.headers)
        assert answer.status_code < 500


def test_a_page_beyond_all_numbers_is_empty(asked: Provider) -> None:
    told = read(asked.get(f"/Users?startIndex={'9' * 40}&count={'9' * 40}"))
    assert (told.get("Resources", []), told["totalResults"]) == ([], 7)


def test_depth_and_length_are_no_fault(asked: Provider) -> None:
    client = asked.app.test_client()
    half = '{"filter": "userName eq \\"\\ud800\\""}'
    for body in (half, "[" * 30_000, '{"a":' * 9_000, "1" * 60_000, '{"userName":' + "[" * 500 + "]" * 500 + "}"):
        for method, path in (("POST", "/Users"), ("PATCH", "/Users/1"), ("POST", "/Users/.search")):
            sane(client.open(f"/scim/v2{path}", method=method, data=body, headers=asked.headers))
