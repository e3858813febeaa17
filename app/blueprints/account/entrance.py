"""The sign-in page, with what is said when it does not work."""

from flask import render_template

from app.blueprints.account import party
from app.blueprints.account.forms import SignInForm


def page(form: SignInForm, refusal: str = "") -> str:
    """Where everybody comes in."""
    return render_template("account/sign_in.html", form=form, refusal=refusal, has_passkeys=party.possible())
