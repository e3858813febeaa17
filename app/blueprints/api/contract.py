"""What every address of the API shares: how it is described, how requests are read, and who may ask."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import wraps
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Flask, Request, Response, make_response, request
from flask_smorest import Api, Blueprint
from flask_smorest.utils import prepare_response
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser

from app import clock
from app.blueprints.api import taking_along
from app.blueprints.api.meanings import explain
from app.blueprints.api.refusal import BAD_REQUEST, NOT_ALLOWED, NOT_KNOWN, TOO_MANY, UNPROCESSABLE, Refusal, answer
from app.db import db, write
from app.domain.agency import api_token
from app.domain.agency.agency import the_agency
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Role
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auditing, auth

View = Callable[..., Any]
EVERYBODY = frozenset(Role)
UNSUPPORTED = 415
PROBLEM = "application/problem+json"
WHOLE = "_schema"


class Parser(FlaskParser):
    """Reads what comes in; what is wrong with it is told field by field."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE, "headers": EXCLUDE}  # noqa: RUF012 - as the library has it

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 - whatever was sent
        """The body, which has to say that it is JSON."""
        if not req.is_json and (req.content_length or req.get_data()):
            raise Refusal(UNSUPPORTED, _("Send this as JSON, with the header Content-Type: application/json."))
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError):  # so deep, or a number so long, that it cannot be read
            self._handle_invalid_json_error()

    def handle_error(self, error: ValidationError, *_how: object, **_more: object) -> NoReturn:
        """Some fields cannot be used."""
        raise unusable(told(error.messages))

    def _handle_invalid_json_error(self, *_how: object, **_more: object) -> NoReturn:
        raise Refusal(BAD_REQUEST, _("This is not JSON."))


class Shape(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """Views with what they take, what they answer, and which scope opens them."""

    ARGUMENTS_PARSER = Parser()

    def takes(self, schema: type[Schema], location: str = "json") -> Callable[[View], View]:
        """The view's first argument: what was sent, read by a schema."""
        decorate: Callable[[View], View] = self.arguments(schema, location=location)
        return decorate

    def answers(self, status: int, schema: type[Schema] | Schema | None = None) -> Callable[[View], View]:
        """What the view answers, told by a schema."""
        decorate: Callable[[View], View] = self.response(status, schema)
        return decorate

    def needs(self, scope: Scope | None, roles: frozenset[Role] = EVERYBODY) -> Callable[[View], View]:
        """For software with a token of this scope, None: of any, of somebody with one of these roles."""

        def decorate(view: View) -> View:
            @wraps(view)
            def guarded(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the view
                admit(scope, roles)
                answered = known_already(make_response(view(*given, **named)))
                taking_along.count(answered)
                return answered

            guarded.needs = (scope, roles)  # type: ignore[attr-defined] # for the matrix and the description
            described: View = self.doc(security=[{"token": [str(scope)] if scope else []}])(guarded)
            return described

        return decorate


shape = Shape("shape", __name__)
"""Only for its decorators: the addresses are in routes.py."""


class Problem(Schema):
    """Why nothing was done (RFC 9457)."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    errors = fields.Dict(keys=fields.String())
    reference = fields.String()


class Description(Api):  # type: ignore[misc] # flask-smorest has no types
    """The OpenAPI document; requests never see it, because our own handlers answer them."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """None: errors are answered as everywhere in Fanfare."""

    def _register_responses(self) -> None:
        named = [(status.name, status.phrase) for status in HTTPStatus]
        for name, phrase in [*named, (self.DEFAULT_ERROR_RESPONSE_NAME, _("Why nothing was done"))]:
            response = {"description": phrase, "schema": self.ERROR_SCHEMA}
            prepare_response(response, self.spec, PROBLEM)
            self.spec.components.response(name, response, lazy=True)


def described(bp: Blueprint) -> dict[str, Any]:
    """The OpenAPI document of a blueprint, in the language of whoever asks."""
    app = Flask("described", static_folder=None)
    app.config.update(API_TITLE="Fanfare", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    api = Description(app)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    api.register_blueprint(bp)
    document: dict[str, Any] = deepcopy(api.spec.to_dict())
    explain(document)
    return document


def admit(scope: Scope | None, roles: frozenset[Role]) -> None:
    """Whoever asks may, this often.

    Raises:
        Refusal: no token that works, one for other things, somebody whose role does not allow it, or too often.
    """
    token = auth.token()
    if token is None:
        said_so = {"WWW-Authenticate": 'Bearer realm="Fanfare"'}
        raise Refusal(NOT_KNOWN, _("Send a token that works: Authorization: Bearer <token>."), headers=said_so)
    _count(token.id)
    if auth.must_set_up():
        raise Refusal(NOT_ALLOWED, _("Your agency asks for a second step at signing in: set it up in Fanfare first."))
    if scope and not token.may(scope):
        raise Refusal(NOT_ALLOWED, _("This token was not made for this; it needs the scope %(scope)s.", scope=scope))
    if auth.person().role not in roles:
        raise Refusal(NOT_ALLOWED, _("Your role in Fanfare does not allow this."))


def _count(token_id: int) -> None:
    now = clock.now()
    with auditing.apart():
        write(auth.person(), auth.token(), the_agency(), the_program())
        within = api_token.count(token_id, now)
        db.session.commit()
    if not within:
        wait = {"Retry-After": str(60 - now.second)}
        raise Refusal(TOO_MANY, _("These are too many requests in a minute. Wait until the next one."), headers=wait)


def known_already(response: Response) -> Response:
    """Whoever has the newest already need not read it again."""
    if request.method == "GET" and response.status_code == 200 and not response.direct_passthrough:  # noqa: PLR2004
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response


def unusable(wrong: Mapping[str, object]) -> Refusal:
    """Fields that cannot be used, each with what is wrong with it."""
    return Refusal(UNPROCESSABLE, _("Some fields cannot be used; see errors."), wrong)


def told(messages: Any) -> dict[str, object]:  # noqa: ANN401 - as the library keeps them
    """What is wrong with each field, wherever it stood; of the whole under the name that the library has for that."""
    parts = messages.values() if isinstance(messages, Mapping) else [messages]
    found: dict[str, object] = {}
    for part in parts:
        found |= _written(part) if isinstance(part, Mapping) else {WHOLE: _written(part)}
    return found


def _written(messages: object) -> Any:  # noqa: ANN401 - lists and objects of sentences
    if isinstance(messages, Mapping):
        return {str(key): _written(each) for key, each in messages.items()}
    return [str(each) for each in messages] if isinstance(messages, list) else [str(messages)]


def register(bp: Blueprint) -> None:
    """Answer refusals."""
    bp.register_error_handler(Refusal, answer)
