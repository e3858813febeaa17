"""The desk of competitions: for those who run them."""
