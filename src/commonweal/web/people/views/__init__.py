"""Pages of people: signing in, profiles, settings, security, and what one belongs to."""
