"""The week of a team, for its lead."""
