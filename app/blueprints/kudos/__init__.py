"""Kudos from colleague to colleague."""
