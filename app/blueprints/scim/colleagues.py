"""Where the SCIM server finds, keeps and ends colleagues: the rules are the agency's, the transaction is one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from scim2_models import (
    InvalidValueException,
    NotFoundException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    SCIMException,
    ScimFilter,
    SearchRequest,
    TooManyException,
    UniquenessException,
)
from scim2_models.path import CompareOperator, Comparison
from scim2_server.storage import ScimStorage, SearchPage

from app import clock
from app.blueprints.scim.user import User, told_by, user_of
from app.db import db, write
from app.domain.agency import provisioned, provisioning
from app.domain.agency.person import MOST
from app.domain.agency.provisioned import Colleague, Told
from app.domain.agency.provisioning import REFUSED, AddressStays, NoAddress
from app.domain.agency.staff import LastAdmin
from app.domain.notices import colleague_came, invitation_mail, token_left
from app.language import gettext as _
from app.web import invitations
from app.web.language import LANGUAGES

READS = frozenset({"GET", "HEAD"})
RULES = (*REFUSED, LastAdmin)


class Conflict(SCIMException):
    """A rule of the agency stands in the way."""

    status = 409


class Colleagues(ScimStorage):
    """The people of the agency, for one request; `writes`: whether it may change something."""

    def __init__(self, *, writes: bool) -> None:
        self.writes = writes

    @contextmanager
    def operation(self) -> Iterator[None]:
        """All that is asked for at once is done, or nothing."""
        if not self.writes:
            yield
            return
        write()
        try:
            yield
        except RULES as reason:
            db.session.rollback()
            raise _refusal(reason) from reason
        except SCIMException:
            db.session.rollback()
            raise
        db.session.commit()

    def get(
        self,
        resource_type: ResourceType,  # noqa: ARG002 - there is one
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,  # noqa: ARG002 - little is left out
    ) -> Resource[Any]:
        return user_of(self._found(resource_id))

    def search(
        self,
        resource_types: list[ResourceType],  # noqa: ARG002 - as above
        search_request: SearchRequest[Any],
        *,
        position: Any = None,  # noqa: ANN401, ARG002 - pages have numbers
    ) -> SearchPage:
        first, most = search_request.start_index_0 or 0, search_request.count or 0
        if search_request.filter is None:
            return SearchPage(provisioned.total(), [user_of(one) for one in provisioned.page(first, most)])
        users = [user_of(one) for one in _asked(search_request.filter)]
        found = [user for user in users if search_request.filter.match(user)]
        return SearchPage(len(found), list[Resource[Any]](found[first : first + most]))

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:  # noqa: ARG002 - as above
        told = told_by(cast("User", resource))
        at = clock.now()
        one = provisioning.welcome(told, _language(told.get("preferredLanguage")), at)
        return user_of(_invited(one, at, came=one.person.is_active))

    def update(
        self,
        resource_type: ResourceType,  # noqa: ARG002 - as above
        resource: Resource[Any],
        *,
        expected_version: str | None = None,
    ) -> Resource[Any]:
        one = self._expected(resource.id or "", expected_version)
        was_here, at = one.person.is_active, clock.now()
        changed = provisioning.change(one, _told(cast("User", resource), leaves=was_here), at)
        if was_here:
            _tell_of_token(changed, at)
        return user_of(_invited(changed, at, came=changed.person.is_active and not was_here))

    def delete(
        self,
        resource_type: ResourceType,  # noqa: ARG002 - as above
        resource_id: str,
        *,
        expected_version: str | None = None,
    ) -> None:
        one, at = self._expected(resource_id, expected_version), clock.now()
        was_here = one.person.is_active
        provisioning.forget(one, at)
        if was_here:
            _tell_of_token(one, at)
        invitation_mail.forget_ended(one.person, at)

    def _found(self, resource_id: str) -> Colleague:
        found = provisioned.find(resource_id, hold=self.writes)
        if found is None:
            raise NotFoundException(detail=_("There is no colleague with this number."))
        return found

    def _expected(self, resource_id: str, version: str | None) -> Colleague:
        """Somebody, if they are still as they were when the request was read."""
        one = self._found(resource_id)
        told = user_of(one).meta
        if version is not None and (told is None or told.version != version):
            raise PreconditionFailedException
        return one


def _told(user: User, *, leaves: bool) -> Told:
    """What is told of somebody; of whoever `leaves` with it only that, when the rest cannot be kept.

    Raises:
        InvalidValueException: something cannot be kept.
    """
    try:
        return told_by(user)
    except InvalidValueException:
        if user.active is not False or not leaves:
            raise
        return {"active": False}


def _asked(wanted: ScimFilter[Any]) -> Sequence[Colleague]:
    """Whom a filter can be about: of one name or number few, else everybody.

    Raises:
        TooManyException: there are too many to look through.
    """
    node = wanted.ast
    if isinstance(node, Comparison) and node.op == CompareOperator.eq and isinstance(node.value, str):
        ways: dict[str, Callable[[str], Sequence[Colleague]]] = {
            "username": provisioned.named,
            "externalid": provisioned.known_outside_as,
        }
        if way := ways.get(str(node.attr_path).lower()):
            return way(node.value)
    if provisioned.total() > MOST:
        raise TooManyException(detail=_("There are too many colleagues for this; ask for one userName or externalId."))
    return provisioned.page(0, MOST)


def _invited(one: Colleague, at: datetime, *, came: bool) -> Colleague:
    """Whoever gets in for the first time is sent a link, once; whoever left or moved needs the old one no more.

    Of whoever comes, whoever administers hears.
    """
    sender = invitations.sender_for(None)
    if came:
        colleague_came.tell(at, sender.host)
    if one.row and provisioning.is_to_be_invited(one, at):
        invitation_mail.send(one.person, sender, at)
        one.row.invited_at = at
    invitation_mail.forget_ended(one.person, at)
    return one


def _tell_of_token(one: Colleague, at: datetime) -> None:
    """Of whoever left and made a token that works on, whoever administers hears."""
    if not one.person.is_active:
        token_left.tell(one.person, at, invitations.sender_for(None).host)


def _language(preferred: str | None) -> str | None:
    """As nl-NL or en_GB;q=0.8: the first that is ours."""
    asked = (preferred or "").lower()[:2]
    return asked if asked in LANGUAGES else None


def _refusal(reason: Exception) -> SCIMException:
    """What stands in the way, in words."""
    if isinstance(reason, NoAddress):
        return InvalidValueException(detail=_("One of these is no mail address."))
    if isinstance(reason, LastAdmin):
        said = _("This is the last administrator who can sign in. Make somebody else one in Fanfare first.")
        return Conflict(detail=said)
    if isinstance(reason, AddressStays):
        return Conflict(detail=_("The mail address of whoever manages is changed in Fanfare, by an administrator."))
    return UniquenessException(detail=_("Somebody else in Fanfare has this user name or mail address."))
