"""What each action is tried on, by subject."""
