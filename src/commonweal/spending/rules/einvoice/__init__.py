"""Invoices that are written for programs: CII (Factur-X, ZUGFeRD) and UBL (Peppol), by EN 16931."""
