"""For whom: the candidate, channel identities and preferences, importing, the contact state."""
