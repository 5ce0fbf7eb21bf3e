"""Bringing a history along, whole or not at all."""

from commonweal.importing.actions.histories import Report, import_open_collective_csv

__all__ = ["Report", "import_open_collective_csv"]
