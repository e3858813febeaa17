"""What somebody is told: under the bell, and how and when they want to hear it."""
