"""What an engagement action is worth and where everybody stands."""
