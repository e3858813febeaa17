"""What the sponsor sees: adoption, coverage, the funnel, and who waits."""
