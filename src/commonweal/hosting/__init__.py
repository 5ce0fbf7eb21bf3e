"""Fiscal hosts: applications, fees, terms, bank account, and the accounts they hold in custody."""
