"""Renders one e-mail: subject, text and html."""
