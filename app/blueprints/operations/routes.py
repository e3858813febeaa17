"""The place where administrators see whether the jobs run and the mail goes out."""

from flask import Blueprint

from app.blueprints.operations import addresses, mails, running
from app.words import operations as words
from app.words.mails import mail_label

bp = Blueprint("operations", __name__, url_prefix="/operations")
bp.context_processor(lambda: {"words": words, "mail_label": mail_label})

bp.add_url_rule("/jobs", "jobs", running.jobs)
bp.add_url_rule("/mails", "mails", mails.index)
bp.add_url_rule("/mails/test", "test", mails.test, methods=["POST"])
bp.add_url_rule("/mails/<int:row_id>", "mail", mails.show)
bp.add_url_rule("/mails/<int:row_id>/again", "try_now", mails.try_now, methods=["POST"])
bp.add_url_rule("/mails/<int:row_id>/end", "call_off", mails.call_off, methods=["POST"])
bp.add_url_rule("/addresses", "addresses", addresses.index)
bp.add_url_rule("/addresses", "lift", addresses.lift, methods=["POST"])
