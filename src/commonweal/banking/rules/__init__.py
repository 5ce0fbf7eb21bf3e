"""Pure rules of bank statements: reading each format, and deciding what a line is for."""
