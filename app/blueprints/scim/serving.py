"""The server of scim2-server, asked through Flask: limits, headers, logs and the transaction are as everywhere."""

import json

import structlog
from flask import Response, current_app, request
from scim2_models import (
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    ETag,
    Filter,
    Patch,
    ResourceType,
    SCIMException,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
)
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.service import ScimService

from app.blueprints.scim.colleagues import READS, Colleagues
from app.blueprints.scim.user import User
from app.config import Settings

PREFIX = "/scim/v2"
SEARCH = "/.search"
PAGE = 200
TOLERANT = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
"""Providers send more than we keep, and Entra ID departs from the standard in these ways."""
CONFIG = ServiceProviderConfig(
    patch=Patch(supported=True),
    bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
    filter=Filter(supported=True, max_results=PAGE),
    change_password=ChangePassword(supported=False),
    sort=Sort(supported=False),
    etag=ETag(supported=True),
    authentication_schemes=[
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="Token",
            description="A token that an administrator of Fanfare made for this.",
            primary=True,
        )
    ],
)
SERVICE = ScimService(ScimProvider([User], [ResourceType.from_resource(User)], CONFIG, TOLERANT))
log = structlog.get_logger()


def answer(path: str) -> Response:
    """What the server answers to this request."""
    asked = _asked(path)
    writes = asked.method not in READS and not path.endswith(SEARCH)
    try:
        told = ScimHandler(SERVICE, Colleagues(writes=writes)).handle(asked)
    except SCIMException as error:
        log.info("scim_refused", status=error.status, kind=error.scim_type)
        told = SERVICE.error_response(error)
    body = b"" if told.body is None else json.dumps(told.body)  # a number is told back, however large
    return Response(body, int(told.status), dict(told.headers), content_type="application/scim+json")


def _asked(path: str) -> ScimRequest:
    settings: Settings = current_app.config["SETTINGS"]
    return ScimRequest(
        method="GET" if request.method == "HEAD" else request.method,
        base_url=settings.public_url + PREFIX,
        path=path,
        query=request.args.to_dict(),
        headers=list(request.headers.items()),
        body=request.get_data(),
    )
