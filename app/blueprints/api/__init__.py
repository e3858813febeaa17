"""Touchpoints and actions from other systems."""
