"""Scanners against a demo of ours, and against a small program with real faults that they must find: `make scan`."""
