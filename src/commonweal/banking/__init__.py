"""What the bank says: its statements as they came, their lines, and what each line became.

It reads what banks write and finds the promise or payout behind a line. What it finds it hands on
to giving, spending and payments: it owns none of those.
"""
