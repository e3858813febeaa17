"""The doors: one folder per place in the menu."""
