"""Letters people receive."""
