"""A colleague as SCIM has one: the attributes that Fanfare keeps, and between them and what is told here."""

import hashlib
from datetime import datetime
from typing import Annotated, Any, ClassVar
from unicodedata import category

import orjson
from scim2_models import (
    URN,
    ComplexAttribute,
    ExtensibleStringEnum,
    InvalidValueException,
    Meta,
    Required,
    Resource,
    Uniqueness,
)

from app.domain.agency.provisioned import Colleague, as_now, key_of
from app.language import gettext as _

LONGEST = 254
MOST_ADDRESSES = 10
KEPT = ("userName", "externalId", "name", "displayName", "preferredLanguage", "active", "emails")
CONTROL = "C"
"""The first letter of the Unicode categories of what is no writing."""


class Name(ComplexAttribute):
    formatted: str | None = None
    family_name: str | None = None
    given_name: str | None = None


class Email(ComplexAttribute):
    class Type(ExtensibleStringEnum):
        work = "work"
        home = "home"
        other = "other"

    value: str | None = None
    type: Type | None = None
    primary: bool | None = None


class User(Resource[Any]):
    """What of the standard's user is read and kept; whatever else is sent is let go of."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: Name | None = None
    Name: ClassVar[type[ComplexAttribute]] = Name
    display_name: str | None = None
    preferred_language: str | None = None
    active: bool | None = None
    emails: list[Email] | None = None
    Emails: ClassVar[type[ComplexAttribute]] = Email


def told_by(user: User) -> dict[str, Any]:
    """What is kept of it.

    Raises:
        InvalidValueException: it is too long, too much, or not to be written.
    """
    said = user.model_dump()
    told = {name: said[name] for name in KEPT if said.get(name) is not None}
    if len(told.get("emails", ())) > MOST_ADDRESSES:
        raise InvalidValueException(detail=_("These are more than ten mail addresses."))
    for text in _texts(told):
        if len(text) > LONGEST or any(category(letter)[0] == CONTROL for letter in text):
            raise InvalidValueException(detail=_("A text is longer than 254 characters, or is no writing."))
    if not told["userName"].strip() or len(key_of(told["userName"])) > LONGEST:
        raise InvalidValueException(detail=_("This user name is empty or too long."))
    return told


def user_of(one: Colleague) -> User:
    """A colleague as the provider reads them; the version is of all that is told."""
    told = {"id": str(one.person.id), **as_now(one)}
    version = hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
    user = User.model_validate(told)
    user.meta = Meta(
        resource_type="User",
        created=one.row.created_at if one.row else one.person.created_at,
        last_modified=_changed(one),
        version=f'W/"{version}"',
    )
    return user


def _changed(one: Colleague) -> datetime:
    moments = (one.person.created_at, one.person.deactivated_at, one.row.changed_at if one.row else None)
    return max(moment for moment in moments if moment)


def _texts(told: Any) -> list[str]:  # noqa: ANN401 - what JSON holds
    if isinstance(told, dict):
        return [text for each in told.values() for text in _texts(each)]
    if isinstance(told, list):
        return [text for each in told for text in _texts(each)]
    return [told] if isinstance(told, str) else []
