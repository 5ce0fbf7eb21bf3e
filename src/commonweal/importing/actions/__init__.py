"""Bringing a history, or rates of currencies, along: whole or not at all."""

from commonweal.importing.actions.histories import Report, import_open_collective_csv
from commonweal.importing.actions.rates import RatesReport, import_rates

__all__ = ["RatesReport", "Report", "import_open_collective_csv", "import_rates"]
