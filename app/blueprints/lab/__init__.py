"""The lab: drafts of rules tried on what has happened."""
