"""The door of Carerix: an access token by the client's own name, and one mutation that writes a score."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import orjson

from app.config import HERE, Settings
from app.domain.scoring.carerix_score import NOBODY
from app.web.fetching import Answer, Bounds, Question
from jobs import public_host, vendor_answer
from jobs.vendor_answer import FORBIDDEN, REFUSED, UNAUTHORIZED, UNREADABLE

MUTATION = "mutation ($id: ID!, $request: CREmployeeRequest!) { crEmployeeUpdate(_id: $id, request: $request) { _id } }"
TAKING_BACK = MUTATION.replace("{ _id }", "{ _id engagementScore }")
SECONDS = 10.0
UNKNOWN, STAYS = "NOT_FOUND", "STAYS"
FINAL = frozenset({UNKNOWN, "BAD_USER_INPUT"})
"""What is said of one candidate for good; time-outs and too many requests are told in the same way, by other codes."""
NOT_LET_IN = {"UNAUTHENTICATED": REFUSED, "UNAUTHORIZED": REFUSED, "FORBIDDEN": FORBIDDEN}


class NotWritten(Exception):  # noqa: N818 - it says what became of it
    """Carerix did not take it, and may another time."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Refused(NotWritten):
    """It would not take this score of this candidate another time either; `is_unknown`: nobody has the number."""

    def __init__(self, number: str, code: str) -> None:
        self.number, self.is_unknown = number, code == UNKNOWN
        super().__init__(f"{NOBODY if self.is_unknown else 'declined'}: {code}")


class Door:
    """For one run: its token is asked for once, and once more when it opens nothing any more."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.token = settings, ""

    def write(self, number: str, shown: int) -> None:
        """Write a score.

        Raises:
            Refused: nobody has this number, or no such score is taken of them.
            NotWritten: Carerix is not there, or answers otherwise than it should.
        """
        self._change(number, shown, MUTATION)

    def take_back(self, number: str) -> None:
        """Empty a score. Carerix says itself what stands there then: an update may pass over what is empty in it.

        Raises:
            Refused: nobody has this number, or it takes no empty score.
            NotWritten: as above.
        """
        if self._change(number, None, TAKING_BACK).get("engagementScore", STAYS) is not None:
            raise Refused(number, STAYS)

    def _change(self, number: str, shown: int | None, mutation: str) -> dict[str, Any]:
        asked = {"_kind": "CREmployee", "engagementScore": shown}
        body = orjson.dumps({"query": mutation, "variables": {"id": number, "request": asked}})
        answer = self._asked(body)
        if answer.status == UNAUTHORIZED:
            self.token = ""
            answer = self._asked(body)
        told = vendor_answer.read(answer, NotWritten)
        if errors := told.get("errors"):
            raise _not_taken(number, _code(errors))
        changed = _changed(told.get("data"))
        if str(changed.get("_id")) != number:
            raise NotWritten(UNREADABLE)
        return changed

    def _asked(self, body: bytes) -> Answer:
        self.token = self.token or self._new_token()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return self._send(self.settings.carerix_url, body, headers)

    def _new_token(self) -> str:
        settings = self.settings
        proof = f"{quote(settings.carerix_user, safe='')}:{quote(settings.carerix_password, safe='')}"
        headers = {
            "Authorization": f"Basic {b64encode(proof.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"grant_type": "client_credentials"}).encode()
        answer = self._send(settings.carerix_token_url, body, headers)
        token = vendor_answer.read(answer, NotWritten).get("access_token")
        if not isinstance(token, str) or not token:
            raise NotWritten(UNREADABLE)
        return token

    def _send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Hosts by the settings alone: nobody is followed elsewhere, and none of them lies in our own network."""
        here = urlsplit(url).hostname in HERE
        bounds = Bounds(seconds=SECONDS) if here else Bounds(public_host.resolve, seconds=SECONDS)
        return vendor_answer.ask(Question(url, headers, body), bounds, NotWritten)


def _not_taken(number: str, code: str) -> NotWritten:
    if code in FINAL:
        return Refused(number, code)
    return NotWritten(NOT_LET_IN.get(code, f"declined: {code}"))


def _changed(data: object) -> dict[str, Any]:
    """Of whom something was changed, and what else was asked for."""
    changed = data.get("crEmployeeUpdate") if isinstance(data, dict) else None
    return changed if isinstance(changed, dict) else {}


def _code(errors: object) -> str:
    """A code of theirs when there is one; never their sentence, which may repeat what was sent."""
    first = errors[0] if isinstance(errors, list) and errors else None
    extensions = first.get("extensions") if isinstance(first, dict) else None
    code = extensions.get("code") or extensions.get("classification") if isinstance(extensions, dict) else None
    return str(code)[:40] if isinstance(code, str) and code.replace("_", "").isalnum() else "no reason"
