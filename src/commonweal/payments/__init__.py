"""Money on its way: charges coming in, payouts going out, and the inbox of news from rails.

It owns the clearing accounts. What a charge is for, or a payout, is told to it as a subject.
"""
