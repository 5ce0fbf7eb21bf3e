"""Settings, environment, addresses and the embedded database."""
