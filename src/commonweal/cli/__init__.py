"""The `commonweal` command."""
