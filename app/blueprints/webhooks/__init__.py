"""Webhooks: other software that is told what happens here, for administrators."""
