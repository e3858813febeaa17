"""Whether what comes back is what the description of the API promises, by a reader that is not ours."""

from typing import Any

from app.domain.agency.person import Person
from tests.blueprints.api.conftest import client_of
from tests.people import Browser
from tests.torture.api import CONFORMANCE, name_of, operations_of


def assert_described(browser: Browser, person: Person, endpoint: str, **asked: dict[str, Any]) -> None:
    """Somebody asks an address; `asked` are the `query` and the `path_parameters`."""
    (operation,) = [each for each in operations_of(browser.app) if name_of(each) == endpoint]
    case = operation.Case(**asked)
    answer = case.call(headers=client_of(browser, person).headers | {"Accept-Encoding": "identity"})
    assert answer.status_code == 200
    case.validate_response(answer, checks=CONFORMANCE)
