"""What recruiters do for candidates, and what it earns."""
