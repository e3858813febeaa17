"""Rewards: what coins buy, who hands it over, and the budget that pays for it."""
