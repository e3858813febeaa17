"""Rewards: what coins buy, what one asked for, what one won, and the catalogue for those who keep it."""
