"""What tests of the outside share: the form as an administrator fills it in, and who fills it in."""

from flask import Flask

from tests.people import Browser, People, make_people

AT = "/program/outside"
ALL = {
    "is_open": "y",
    "promise": "y",
    "answer_days": "2",
    "words_nl": "We bellen terug.\nOok als het niet lukt.",
    "words_en": "We call back.",
    "sponsor": "y",
    "ways": "y",
    "phone-address": "038 123 45 67",
    "phone-days": "12345",
    "phone-opens": "09:00",
    "phone-closes": "17:30",
    "email-address": "Hallo@Voorbeeld.nl",
    "referral": "y",
    "frame": "y",
    "framed_by": "https://www.voorbeeld.nl/werken\nvoorbeeld.nl",
    "signature": "y",
}


class Walls:
    """Somebody of each kind, and a visitor."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.people: People = make_people()
        self.visitor = Browser(app)
        self.ada = self.visitor.sign_in(self.people.ada)
        self.ines = self.visitor.sign_in(self.people.ines)

    def set(self, status: int = 303, /, **other: str) -> str:
        """The administrator saves the form, with these answers other than all of it; answers the page."""
        said = {name: value for name, value in {**ALL, **other}.items() if value}
        answer = self.ada.post(AT, said, at=AT)
        assert answer.status_code == status, answer.text
        return answer.text

    def stand(self, **said: str) -> None:
        """The sponsor says whether they stand there."""
        assert self.ines.post(f"{AT}/mine", said, at=f"{AT}/mine").status_code == 303

    def read(self, url: str = "/about/nl") -> str:
        """What a visitor sees."""
        answer = self.visitor.get(url)
        assert answer.status_code == 200, answer.text
        return answer.text
