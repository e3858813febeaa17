"""Addresses of chats: what people paste from their chat, allowed by its form alone; everything else is refused.

An address is taken apart and written anew, so that nothing in it but what stands in these forms comes to be used:
no option, attachment or second address of the library that sends.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, unquote

LONGEST = 500
LAST_PORT = 65_535
SHOWN = 4
"""So many of the last characters of its secret tell one address from another, and open nothing."""


class Service(StrEnum):
    """A chat that can be written to; `MAIL` is the mail address that many channels have, `JSON` anything else."""

    SLACK = "slack"
    TEAMS = "teams"
    GOOGLE = "google"
    DISCORD = "discord"
    MATTERMOST = "mattermost"
    MAIL = "mail"
    JSON = "json"


class Address(NamedTuple):
    """`url` is written for Apprise; whoever has it may write to the chat."""

    service: Service
    url: str


class NotAllowed(ValueError):  # noqa: N818 - it says which rule stands in the way
    """It has none of the forms that are allowed."""


Parts = Mapping[str, str]
HOST = r"(?P<host>(?=[a-z0-9.-]{4,200}(?:[:/?]|\Z))(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])"
PORT = r"(?::(?P<port>[1-9][0-9]{0,4}))?"
KEY = r"[A-Za-z0-9_-]{1,200}"
PATH = r"(?P<path>(?:/[A-Za-z0-9_.~-]{1,100}){0,8})/?"
MAILBOX = r"[A-Za-z0-9._+-]{1,64}@[a-z0-9.-]{4,200}"
AZURE = r"(?P<host>[a-z0-9-]{1,60}\.[a-z0-9-]{1,40}\.logic\.azure\.com)(?::443)?"
POWER = r"(?P<host>[a-z0-9-]{1,80}\.[a-z0-9-]{1,40}\.environment\.api\.powerplatform\.com)(?::443)?"
WORKFLOW = r"(?P<workflow>[A-Za-z0-9_-]{1,80})"
INVOKE = rf"/workflows/{WORKFLOW}/triggers/manual/paths/invoke\?(?P<query>[A-Za-z0-9_.=&%-]{{1,300}})"
DIRECT = r"/powerautomate/automations/direct(?:/cu/(?P<route>[0-9]{1,6}))?"
SLACK = r"(?:https://hooks\.slack\.com/services|slack:/)"
SLACK_KEYS = r"/(?P<a>[A-Z0-9]{5,20})/(?P<b>[A-Z0-9]{5,20})/(?P<c>[A-Za-z0-9]{8,60})/?"
GOOGLE = rf"https://chat\.googleapis\.com/v1/spaces/(?P<space>{KEY})/messages"
GOOGLE_TOKEN = rf"(?P<token>{KEY}(?:%3D|=){{0,2}})"
DISCORD = r"(?:https://(?:(?:ptb|canary)\.)?discord(?:app)?\.com/api(?:/v[0-9]{1,2})?/webhooks|discord:/)"
BELOW = r"(?P<path>(?:/[a-z0-9_-]{1,40}){0,2})"
HOOK = r"(?P<token>[a-z0-9]{26})/?"
LOGIN = r"(?P<user>[A-Za-z0-9._+%-]{1,120}):(?P<password>[A-Za-z0-9._~!$*()%+-]{1,120})"


def _slack(parts: Parts) -> str:
    return f"slack://{parts['a']}/{parts['b']}/{parts['c']}/?image=no&footer=no"


def _teams(parts: Parts) -> str:
    """Of what Microsoft puts behind the address only the signature is used, and the version where it differs."""
    asked = dict(pair.partition("=")[::2] for pair in parts["query"].split("&"))
    signature, version = unquote(asked.get("sig", "")), asked.get("api-version", "")
    if not re.fullmatch(KEY, signature) or not re.fullmatch(r"[0-9a-z-]{1,20}", version):
        raise NotAllowed
    routed = f"&route={parts['route']}" if parts.get("route") else ""
    powered = f"&pa=yes{routed}" if parts["host"].endswith(".powerplatform.com") else ""
    return f"workflow://{parts['host']}:443/{parts['workflow']}/{signature}/?image=no&ver={version}{powered}"


def _google(parts: Parts) -> str:
    token = quote(unquote(parts["token"]), safe="")
    return f"gchat://{parts['space']}/{parts['key']}/{token}/"


def _discord(parts: Parts) -> str:
    return f"discord://{parts['id']}/{parts['token']}/?avatar=no"


def _mattermost(parts: Parts) -> str:
    return f"mmosts://{parts['host']}{_port(parts)}{parts.get('path') or ''}/{parts['token']}/?image=no"


def _json(parts: Parts) -> str:
    return f"jsons://{parts['host']}{_port(parts)}{parts['path']}"


def _mail(parts: Parts) -> str:
    """To one mailbox, over the server that is named and no other, always in TLS."""
    who, key = (quote(unquote(parts[each]), safe="") for each in ("user", "password"))
    to = quote(parts["to"], safe="")
    sender = who if "%40" in who else to
    server = f"smtp={parts['host']}&from={sender}&to={to}"
    return f"mailtos://{who}:{key}@{parts['host']}{_port(parts)}/?{server}&mode={_mode(parts)}"


def _mode(parts: Parts) -> str:
    return "ssl" if parts["port"] in (None, "465") else "starttls"


def _port(parts: Parts) -> str:
    return f":{parts['port']}" if parts["port"] else ""


def _known_workflow(parts: Parts) -> str:
    return _teams({**parts, "query": f"sig={parts['signature']}&api-version=2016-06-01"})


FORMS: Mapping[str, tuple[Service, Callable[[Parts], str]]] = MappingProxyType(
    {
        SLACK + SLACK_KEYS: (Service.SLACK, _slack),
        rf"https://{AZURE}{INVOKE}": (Service.TEAMS, _teams),
        rf"https://{POWER}{DIRECT}{INVOKE}": (Service.TEAMS, _teams),
        rf"workflows?://{AZURE}/{WORKFLOW}/(?P<signature>{KEY})/?": (Service.TEAMS, _known_workflow),
        rf"{GOOGLE}\?key=(?P<key>{KEY})&token={GOOGLE_TOKEN}": (Service.GOOGLE, _google),
        rf"gchat://(?P<space>{KEY})/(?P<key>{KEY})/{GOOGLE_TOKEN}/?": (Service.GOOGLE, _google),
        rf"{DISCORD}/(?P<id>[0-9]{{5,25}})/(?P<token>{KEY})/?": (Service.DISCORD, _discord),
        rf"https://{HOST}{PORT}{BELOW}/hooks/{HOOK}": (Service.MATTERMOST, _mattermost),
        rf"mmosts://{HOST}{PORT}{BELOW}/{HOOK}": (Service.MATTERMOST, _mattermost),
        rf"jsons://{HOST}{PORT}{PATH}": (Service.JSON, _json),
        rf"mailtos://{LOGIN}@{HOST}{PORT}/?\?to=(?P<to>{MAILBOX})": (Service.MAIL, _mail),
    }
)


def read(pasted: str) -> Address:
    """The address that was pasted.

    Raises:
        NotAllowed: it is none that may be used.
    """
    text = pasted.strip()
    for form, (service, write) in FORMS.items():
        found = re.fullmatch(form, text, re.ASCII) if len(text) <= LONGEST else None
        if found:
            return _checked(Address(service, write(found.groupdict())), found.groupdict().get("port"))
    raise NotAllowed


def _checked(address: Address, port: str | None) -> Address:
    if len(address.url) > LONGEST or int(port or 1) > LAST_PORT:
        raise NotAllowed
    return address


def masked(url: str) -> str:
    """What may be shown of an address: enough to tell it from another one."""
    return f"…{url.partition('?')[0].rstrip('/')[-SHOWN:]}"
