"""What comes in from elsewhere: batches of events, sources with their keys, files, and touchpoints by hand."""

from flask import Blueprint

from app.blueprints.intake import (
    bullhorn,
    bullhorn_knocking,
    bullhorn_left,
    by_hand,
    connections,
    explanation,
    files,
    machines,
    mapping,
    snippet,
    tokens,
    v1,
    vendors,
)
from app.web import form_guard

bp = Blueprint("intake", __name__)

bp.add_url_rule("/connections", "sources", connections.sources)
bp.add_url_rule("/connections", "add_source", connections.add_source, methods=["POST"])
bp.add_url_rule("/connections/<int:source_id>", "source", connections.show)
bp.add_url_rule("/connections/<int:source_id>/key", "rotate", connections.rotate, methods=["POST"])
bp.add_url_rule("/connections/<int:source_id>/old-key", "end_previous", connections.end_previous, methods=["POST"])
bp.add_url_rule("/connections/<int:source_id>/revocation", "revoke", connections.revoke, methods=["POST"])
bp.add_url_rule("/connections/<int:source_id>/tests", "test", connections.test, methods=["POST"])
bp.add_url_rule("/connections/events", "events", mapping.events)
bp.add_url_rule("/connections/events", "map_event", mapping.map_event, methods=["POST"])
bp.add_url_rule("/connections/events/kinds", "new_kind", mapping.new_kind)
bp.add_url_rule("/connections/events/kinds", "add_kind", mapping.add_kind, methods=["POST"])
bp.add_url_rule("/connections/bullhorn", "bullhorn", bullhorn.bullhorn)
bp.add_url_rule("/connections/bullhorn/names", "map_name", bullhorn.map_name, methods=["POST"])
bp.add_url_rule("/connections/bullhorn/again", "ask_bullhorn_again", bullhorn.ask_bullhorn_again, methods=["POST"])
bp.add_url_rule("/connections/bullhorn/knock", "knock_bullhorn", bullhorn_knocking.knock_bullhorn, methods=["POST"])
bp.add_url_rule(
    "/connections/bullhorn/records/<int:record_id>/removal",
    "put_bullhorn_away",
    bullhorn_left.put_bullhorn_away,
    methods=["POST"],
)
bp.add_url_rule("/connections/bullhorn/records/<int:record_id>/alike", "bullhorn_alike", bullhorn_left.bullhorn_alike)
bp.add_url_rule(
    "/connections/bullhorn/records/<int:record_id>/alike/removal",
    "put_bullhorn_alike_away",
    bullhorn_left.put_bullhorn_alike_away,
    methods=["POST"],
)
bp.add_url_rule("/connections/tokens", "tokens", tokens.tokens)
bp.add_url_rule("/connections/tokens/<int:token_id>/end", "end_token", tokens.end_token, methods=["POST"])
bp.add_url_rule("/connections/machines", "machines", machines.machines)
bp.add_url_rule("/connections/vendors/<vendor>", "vendor", vendors.show)
bp.add_url_rule("/connections/vendors/<vendor>/retry", "try_vendor_again", vendors.try_again, methods=["POST"])
bp.add_url_rule("/connections/vendors/<vendor>/removal", "let_vendor_go", vendors.let_go, methods=["POST"])
bp.add_url_rule("/connections/import", "choose_file", files.choose)
bp.add_url_rule("/connections/import", "receive_file", files.receive, methods=["POST"])
bp.add_url_rule("/connections/import/<int:file_id>", "file", files.show)
bp.add_url_rule("/connections/import/<int:file_id>/rows", "take_in_file", files.take_in, methods=["POST"])
bp.add_url_rule("/candidates/<int:candidate_id>/touchpoints/new", "by_hand_form", by_hand.form_page)
bp.add_url_rule("/candidates/<int:candidate_id>/touchpoints", "by_hand", by_hand.record, methods=["POST"])
bp.add_url_rule("/candidates/<int:candidate_id>/score", "score", explanation.score)
bp.add_url_rule("/touchpoints/<int:touchpoint_id>/reversal", "take_back", by_hand.take_back, methods=["POST"])

bp.add_url_rule("/s.js", "snippet", snippet.serve)
bp.add_url_rule("/v1/batch", "take_in", v1.take_in, methods=["POST"])
bp.add_url_rule("/v1/b", "take_in", v1.take_in, methods=["POST"])
bp.add_url_rule("/v1/<name>", "take_in_one", v1.take_in_one, methods=["POST"])
bp.add_url_rule("/v1/pixel/<name>", "take_in_by_picture", v1.take_in_by_picture)
bp.add_url_rule("/v1/projects/<name>/settings", "client_settings", v1.client_settings)
for take_in in (v1.take_in, v1.take_in_one):
    form_guard.csrf.exempt(take_in)  # whoever sends proves it by a key: no browser's cookie opens anything here
