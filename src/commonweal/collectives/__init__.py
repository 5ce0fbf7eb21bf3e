"""Collectives: a shared purpose, themes, goals, and the way from draft to closed.

Who holds their money is hosting's; how money comes and goes is giving's and spending's.
"""
