"""Who we are: the agency, its branches and teams, people and their roles, invitations, sign-in sessions."""
