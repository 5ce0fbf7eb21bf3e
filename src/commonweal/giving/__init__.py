"""Tiers and contributions: from the promise to the settled gift, its receipt and its refund."""
