"""The executive sponsor's page."""
