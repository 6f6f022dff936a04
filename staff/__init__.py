"""What the staff use: the counter, the supervisor's view and the set-up."""
