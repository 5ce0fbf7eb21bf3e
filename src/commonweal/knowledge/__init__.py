"""What groups know and tell: news for those who follow them, how they do it, the help they ask for.

It owns no money: what things cost is read from the books by `discovery`.
"""
