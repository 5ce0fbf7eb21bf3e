"""Bank transfers that a person at the host makes and confirms by hand."""
