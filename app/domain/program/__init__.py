"""What we promised: the named program, its sponsor, action kinds with points, the follow-up block."""
