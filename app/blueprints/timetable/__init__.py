"""When people work: their follow-up block, their days off, those of a team and of everybody."""
