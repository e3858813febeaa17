"""What the demo agency shows outside: everything that can be shown, with its sponsor, who agreed to it."""

from app.db import db
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.agency.person import Person, Role, stand_outside
from app.domain.program import outside
from app.domain.program.outside import Part, Wish
from app.domain.program.outside_way import Way
from app.domain.program.program import Program

OFFICE = "12345"
OPENS, CLOSES = 8 * 60 + 30, 17 * 60 + 30
WORDS = {
    "nl": "We bellen terug, ook als het niets wordt. Je hoort ook waarom.",
    "en": "We call back, also when it comes to nothing. You hear why as well.",
}


def open_up(people: Cast, setting: Setting) -> None:
    """The page is open, and its sponsor stands there with a picture."""
    ways = (
        Way("phone", "+31382345678", OFFICE, OPENS, CLOSES),
        Way("whatsapp", "+31612345600", OFFICE, OPENS, CLOSES),
        Way("email", "hallo@vasteband.example"),
    )
    wish = Wish(
        is_open=True,
        parts=[part for part in Part if part != Part.SEARCH],
        answer_days=2,
        words=WORDS,
        framed_by=["https://www.vasteband.example"],
        ways=ways,
    )
    outside.arrange(db.session.get_one(Program, setting.program_id), wish, setting.now)
    stand_outside(db.session.get_one(Person, people.part(Role.SPONSOR).id), setting.now, pictured=True)
