"""Every kind of mail with invented facts, to be looked at: nothing of it is in a database, and nothing is sent."""
