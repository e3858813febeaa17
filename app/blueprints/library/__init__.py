"""The library of useful things to share, and who keeps it."""
