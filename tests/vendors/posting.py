"""Requests as each vendor makes them, signed by its own library or held against it."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

import orjson
from hubspot.utils.signature import Signature
from pywa.utils import webhook_updates_validator
from twilio.request_validator import RequestValidator

from app.vendors import hubspot, twilio, whatsapp

SECRET = "een-geheim-van-de-leverancier"
VERIFY = "een-woord-dat-meta-terugzegt"
PORTAL = "33"
KEYS = {
    "hubspot_secret": SECRET,
    "hubspot_portal": PORTAL,
    "whatsapp_secret": SECRET,
    "whatsapp_verify_token": VERIFY,
    "twilio_token": SECRET,
}
HERE = "http://127.0.0.1:8000/hooks/"
FORM = "application/x-www-form-urlencoded"


class Sent(NamedTuple):
    """A request; headers as they go over the line, so that one may come twice."""

    vendor: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    method: str = "POST"
    query: str = ""
    label: str = "application/json"

    def saying(self, name: str, value: str | None) -> "Sent":
        """With another value of a header, or without it."""
        rest = tuple(each for each in self.headers if each[0] != name)
        return self._replace(headers=rest if value is None else (*rest, (name, value)))

    def header(self, name: str) -> str:
        return dict(self.headers)[name]


def of_hubspot(events: object, at: datetime, secret: str = SECRET, url: str = f"{HERE}hubspot") -> Sent:
    body, signed_at = orjson.dumps(events), str(int(at.timestamp() * 1000))
    signature = Signature.get_signature(secret, body.decode(), "v3", url, "POST", signed_at)
    return Sent("hubspot", body, ((hubspot.SIGNATURE, signature), (hubspot.TIMESTAMP, signed_at)))


def of_whatsapp(said: object, secret: str = SECRET) -> Sent:
    body = said if isinstance(said, bytes) else orjson.dumps(said)
    signature = f"sha256={hmac.digest(secret.encode(), body, 'sha256').hex()}"
    assert webhook_updates_validator(secret, body, signature)
    return Sent("whatsapp", body, ((whatsapp.SIGNATURE, signature),))


def of_twilio(fields: Mapping[str, str], secret: str = SECRET, url: str = f"{HERE}twilio") -> Sent:
    signature = RequestValidator(secret).compute_signature(url, dict(fields))
    return Sent("twilio", urlencode(fields).encode(), ((twilio.SIGNATURE, signature),), label=FORM)


def change(name: str, value: str, *, at: datetime, number: int = 501, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A property that changed at HubSpot, with all that it sends."""
    return {
        "eventId": 3_816_279_340,
        "subscriptionId": 25,
        "portalId": int(PORTAL),
        "appId": 1_160_452,
        "occurredAt": int(at.timestamp() * 1000),
        "subscriptionType": "contact.propertyChange",
        "attemptNumber": 0,
        "objectId": number,
        "propertyName": name,
        "propertyValue": value,
        "changeSource": "AUTOMATION_PLATFORM",
        "sourceId": "userId:79",
    } | more


def value(field: str = "messages", **said: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """What Meta wraps around whatever it tells."""
    about = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "31201234567", "phone_number_id": "1"},
    }
    change_ = {"field": field, "value": about | said}
    return {"object": "whatsapp_business_account", "entry": [{"id": "9", "changes": [change_]}]}


def message(
    words: str, *, at: datetime, number: str = "31612345678", user: str = "", name: str = "wamid.one"
) -> dict[str, Any]:
    """A message that somebody wrote by WhatsApp; without a number it comes from whoever hides it."""
    who = ({"from": number} if number else {}) | ({"from_user_id": user} if user else {})
    contact = (
        {"profile": {"name": "Aisha"}} | ({"wa_id": number} if number else {}) | ({"user_id": user} if user else {})
    )
    said = {"id": name, "timestamp": str(int(at.timestamp())), "type": "text", "text": {"body": words}}
    return value(contacts=[contact], messages=[who | said])


def status(
    became: str,
    *,
    at: datetime,
    number: str = "31612345678",
    user: str = "",
    name: str = "wamid.two",
    code: int | None = None,
) -> dict[str, Any]:
    """What became of a message to somebody."""
    said = {"id": name, "status": became, "timestamp": str(int(at.timestamp())), "recipient_id": number}
    contact = {"wa_id": number} | ({"user_id": user} if user else {})
    known = {"recipient_user_id": user} if user else {}
    errors = {"errors": [{"code": code, "title": "Message undeliverable"}]} if code else {}
    return value(contacts=[contact], statuses=[said | known | errors])


def moved(
    number: str, user: str, *, at: datetime, left: str = "31612345678", was: str = "", name: str = "wamid.moved"
) -> dict[str, Any]:
    """Somebody took another number, and has another id since; without a number they hide it."""
    kind = "user_changed_number" if number else "user_changed_user_id"
    now = {"type": kind, "body": "x", "user_id": user} | ({"wa_id": number} if number else {})
    before = {"previous_user_id": was} if was else {}
    said = {"id": name, "timestamp": str(int(at.timestamp())), "type": "system", "system": now | before}
    return value(messages=[({"from": left} if left else {}) | said])


def sms(words: str, *, name: str = "SM1", **more: str) -> dict[str, str]:
    """The fields of a text message, as Twilio sends them."""
    return {
        "ToCountry": "NL",
        "MessageSid": name,
        "AccountSid": "AC1",
        "SmsStatus": "received",
        "From": "+31612345678",
        "To": "+3197010281234",
        "Body": words,
        "NumMedia": "0",
        "ApiVersion": "2010-04-01",
    } | more
