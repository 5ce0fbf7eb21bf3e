"""Commonweal: groups of citizens raise money together and spend it in the open."""
