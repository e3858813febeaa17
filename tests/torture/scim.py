"""What scim2-tester says of the SCIM service, every check of it: `make check-scim`.

The control plants a fault, an end of access that ends nothing, which has to be found.
"""

from collections import Counter

from flask import Flask
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import CheckResult, Status, check_server

from app import clock
from app.blueprints.scim.colleagues import Colleagues
from app.db import db
from app.domain.agency import provisioning_token
from tests.people import make_people
from tests.torture.ground import chosen, conclude, ground

GOOD = (Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE)


def main() -> None:
    options = chosen(__doc__)
    with ground(options.engine) as at:
        if options.control:
            plant()
        results = checks(at.app)
    statuses = Counter(result.status.name for result in results)
    conclude(len(results), bad(results), control=options.control, told=f"{options.engine}: {dict(statuses)}")


def checks(app: Flask) -> list[CheckResult]:
    """Every check, by whoever has a token."""
    with app.app_context():
        _, value = provisioning_token.make(make_people().ada, clock.now())
        db.session.commit()
    headers = {"Authorization": f"Bearer {value}"}
    return check_server(WSGISCIMClient(app, base_url="http://localhost/scim/v2", headers=headers))


def bad(results: list[CheckResult]) -> list[str]:
    """What is not as the standard wants it, or was left out."""
    return [f"{one.status.name} {one.title}: {one.reason}" for one in results if one.status not in GOOD]


def plant() -> None:
    """Whoever is to be forgotten is not."""
    Colleagues.delete = lambda *_given, **_named: None  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
