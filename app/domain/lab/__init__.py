"""What if: other rules tried on what has happened, proposed and never published by themselves."""
