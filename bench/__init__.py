"""What `bin/bench` runs."""
