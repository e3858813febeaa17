"""What recruiters do in Bullhorn counts here: what it tells is kept as it came, then settled record by record."""
