"""Candidates who may be one person: the list for those who decide."""

from flask import Blueprint, render_template, request

from app.domain.agency.person import Role
from app.domain.custody import duplicate
from app.domain.custody.comparison import likely_kept
from app.web import auth
from app.words import duplicates as words

ROLES = (Role.LEAD, Role.ADMIN)
only = auth.only(*ROLES)


@only
def duplicates() -> str:
    """The open pairs, the most alike first."""
    page = duplicate.listed(auth.person(), request.args.get("page", 1, int))
    return render_template("candidates/duplicates.html", page=page, likely_kept=likely_kept, words=words)


def add_to(bp: Blueprint) -> None:
    """Where this is."""
    bp.get("/duplicates")(duplicates)
