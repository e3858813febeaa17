"""What the scanners are given: where they begin as a visitor, and which addresses, forms and doors sqlmap tries.

`{name}` is a key of tests/scan/keys.py. Left out are forms that may be sent only some times an hour, as that of signing
in: after these nothing is asked of the database any more, so that nothing is learnt there.
"""

from typing import NamedTuple

from app.domain.agency.person import Role

VISITOR, SOFTWARE = "visitor", "software"
PEOPLE: dict[str, Role | None] = {
    VISITOR: None,
    "sanne": Role.RECRUITER,
    "receptie": Role.MEMBER,
    "lead1": Role.LEAD,
    "ines": Role.SPONSOR,
    "ada": Role.ADMIN,
}
"""As whom wapiti looks, each in a demo that nobody looked at before."""
DOORS = (
    "/about/nl",
    "/about/nl/friend",
    "/account/link",
    "/account/new-password",
    "/me/known/{known}",
    "/me/reach/{reach}",
    "/me/refer/{refer}",
    "/me/renew/{renew}",
    "/me/stop/{stop}",
    "/notices/choices/{choices}",
    "/tv/{screen}",
    "/unsubscribe/{unsubscribe}",
)
"""Where a visitor begins beside the first page: what is open to whoever was sent a link."""
A_MINUTE = 60
API = A_MINUTE / 300 + 0.02
"""Seconds between two requests with a token, of which a minute may bring so many; more are refused unread."""


class Asked(NamedTuple):
    """An address, and the names in it that are tried; with a `body` it is a form, or JSON for software.

    `header` is what software proves itself with, `basic` the same as user and password.
    """

    who: str
    path: str
    names: str
    body: str = ""
    header: str = ""
    basic: str = ""
    pause: float = 0.0

    @property
    def of(self) -> str:
        """As the table calls it."""
        return f"{'POST' if self.body else 'GET'} {self.path.partition('?')[0]}"

    @property
    def is_json(self) -> bool:
        return self.body.startswith("{")


TOKEN = "Authorization: Bearer {api}"
PAGES = (
    Asked(VISITOR, "/account/sign-in?next=/account", "next"),
    Asked(VISITOR, "/tv/{screen}?page=1", "page"),
    Asked("sanne", "/candidates?q=a&region=Zwolle&tag=a&owner=1&page=1", "q,region,tag,owner,page"),
    Asked("sanne", "/board?by=points&period=week&team=1&day=2026-01-05", "by,period,team,day"),
    Asked("sanne", "/log?q=jan", "q"),
    Asked("sanne", "/why?q=jan", "q"),
    Asked("lead1", "/candidates/{candidate}/merge?q=jan", "q"),
    Asked("ines", "/journey?period=52&role=las", "period,role"),
    Asked("ines", "/sponsor?period=12&team=1", "period,team"),
    Asked("ada", "/people?q=a&status=active&page=1", "q,status,page"),
    Asked("ada", "/audit?what=people&person=1&page=1", "what,person,page"),
    Asked("ada", "/operations/mails?state=sent&kind=invitation&page=1", "state,kind,page"),
)
FORMS = (
    Asked(VISITOR, "/account/language", "language,next", "language=nl&next=/account/sign-in"),
    Asked(VISITOR, "/me/reach/{reach}/pause", "until", "until=2026-12-24"),
    Asked(VISITOR, "/me/stop/{stop}/choice", "scope", "scope=email"),
    Asked("sanne", "/account", "name,theme", "name=Sanne&language=nl&theme=dark"),
    Asked("sanne", "/candidates/{candidate}/edit", "name,region,tags", "name=Jan&region=Zwolle&tags=a&stage=engage"),
    Asked("lead1", "/candidates/bulk/tag", "tag,candidate", "tag=a&candidate={candidate}"),
    Asked("ada", "/people/branches/1", "name", "name=Zwolle"),
)
SOFTWARES = (
    Asked(SOFTWARE, "/api/v1/candidates?external_id=VB-00001", "external_id", header=TOKEN, pause=API),
    Asked(
        SOFTWARE,
        "/api/v1/candidates",
        "external_id",
        '{"name": "Jan", "external_id": "B-1"}',
        header=TOKEN,
        pause=API,
    ),
    Asked(
        SOFTWARE,
        "/scim/v2/Users?filter=userName%20eq%20%22ada%22&count=2",
        "filter,count",
        header="Authorization: Bearer {scim}",
        pause=A_MINUTE / 1_500,
    ),
    Asked(SOFTWARE, "/v1/track", "event,userId", '{"event": "Brochure", "userId": "VB-00001"}', basic="{source}:"),
    Asked(
        SOFTWARE,
        "/hooks/mail/postmark",
        "RecordType,MessageID,Email",
        '{"RecordType": "Bounce", "MessageID": "1", "Email": "a@b.nl", "Type": "HardBounce"}',
        basic="fanfare:{postmark}",
    ),
)
ALL = (*PAGES, *FORMS, *SOFTWARES)
PLANTED = (
    Asked(VISITOR, "/row?id=1", "id"),
    Asked(VISITOR, "/row", "id", "id=1"),
    Asked(SOFTWARE, "/rows", "id", '{"id": "1"}', header="Authorization: Bearer planted"),
)
"""The same three ways into the program with planted faults."""
