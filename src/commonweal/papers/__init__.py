"""Papers of giving: gift receipts, overviews of a year, invoices, receipts for the tax office.

Each is numbered, written once as a PDF and kept as it was. It owns no money and no gift: it
reads charges and contributions, and what it says of them it never changes.
"""
