"""The program: look, block, kinds and points."""
