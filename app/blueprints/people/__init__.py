"""People, teams and branches."""
