"""What other systems tell us of their own accord."""
