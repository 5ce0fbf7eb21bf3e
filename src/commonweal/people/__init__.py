"""Parties (persons, organizations and what builds on them), logins, memberships, invitations.

It owns names, addresses of profiles and who belongs to what. Money is none of its business.
"""
