"""The place Privacy: how long data are kept, what candidates consent to, and who is to be forgotten."""
