"""Candidates: list, page, quick add, import."""
