"""The description of the API: as OpenAPI for software, and as a page for who writes them."""

from functools import cache
from typing import Any, NamedTuple

import orjson
from flask import Response, current_app, render_template

from app.blueprints.api import contract
from app.config import Settings
from app.domain.agency.api_token import Scope
from app.language import current, in_language
from app.web import auth
from app.words.api_token import first_call, scope_label

METHODS = ("get", "post", "put", "patch", "delete")


class Field(NamedTuple):
    """A field of what is asked, sent or answered."""

    name: str
    type: str
    required: bool
    description: str


class Operation(NamedTuple):
    """One thing that can be asked, as the page tells it."""

    id: str
    method: str
    path: str
    summary: str
    scope: str
    query: list[Field]
    takes: list[Field]
    answers: list[Field]


def openapi() -> Response:
    """The OpenAPI 3.1 document."""
    return Response(orjson.dumps(document()), mimetype="application/json")


@auth.signed_in
def page() -> str:
    """The same to read: what can be asked, what is taken, what comes back."""
    settings: Settings = current_app.config["SETTINGS"]
    told = document()
    return render_template(
        "api/docs.html",
        groups=_groups(told),
        base=f"{settings.public_url}/api/v1",
        first_call=first_call,
        scopes=[(scope, scope_label(scope)) for scope in Scope],
    )


def document() -> dict[str, Any]:
    """The whole description, in the reader's language."""
    return _document(current())


@cache
def _document(language: str) -> dict[str, Any]:
    with in_language(language):
        described = contract.described(current_app.blueprints["api"])
        found: dict[str, Any] = orjson.loads(orjson.dumps(described, default=str, option=orjson.OPT_NON_STR_KEYS))
    return found


def _groups(told: dict[str, Any]) -> dict[str, list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for path, methods in told["paths"].items():
        for method in METHODS:
            if each := methods.get(method):
                groups.setdefault(each["tags"][0], []).append(_operation(told, path, method, each, methods))
    return groups


def _operation(told: dict[str, Any], path: str, method: str, each: dict[str, Any], shared: dict[str, Any]) -> Operation:
    asked = [one for one in each.get("parameters", []) + shared.get("parameters", []) if one["in"] == "query"]
    body = each.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    good: dict[str, Any] = next((answer for status, answer in each["responses"].items() if status.startswith("2")), {})
    answer = good.get("content", {}).get("application/json", {}).get("schema", {})
    return Operation(
        id=f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        method=method.upper(),
        path=path,
        summary=each["summary"],
        scope=next(iter(each["security"][0]["token"]), ""),
        query=[_field(told, one["name"], one["schema"] | one) for one in asked],
        takes=_fields(told, body),
        answers=_fields(told, answer),
    )


def _fields(told: dict[str, Any], schema: dict[str, Any], within: str = "") -> list[Field]:
    """The fields of a schema, and of those within it."""
    whole = _resolved(told, schema)
    required, found = set(whole.get("required", ())), list[Field]()
    for name, one in whole.get("properties", {}).items():
        found.append(_field(told, f"{within}{name}", one | {"required": name in required}))
        if "$ref" in (inner := _within(one)):
            found += _fields(told, inner, f"{within}{name}{'.*.' if 'additionalProperties' in one else '.'}")
    return found


def _within(one: dict[str, Any]) -> dict[str, Any]:
    """The schema of what is in a list, of each value of an object that has any, or of what may be null."""
    values = one.get("additionalProperties")
    inner = one.get("items") or (values if isinstance(values, dict) else None) or next(iter(one.get("anyOf", ())), None)
    return _within(inner) if inner else one


def _field(told: dict[str, Any], name: str, one: dict[str, Any]) -> Field:
    return Field(name, _type(told, one), bool(one.get("required")), one.get("description", ""))


def _resolved(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = told["components"]["schemas"][name] if name else schema
    return found


def _type(told: dict[str, Any], schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return _type(told, schema["anyOf"][0])
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"] if each is not None)
    kind = schema.get("type", "object")
    names = [each for each in (kind if isinstance(kind, list) else [kind]) if each != "null"]
    if names == ["array"]:
        return f"[{_type(told, schema.get('items', {}))}]"
    return schema.get("format") or " | ".join(names)
