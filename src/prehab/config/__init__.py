"""Where things lie on this machine, and what a person has set."""
