"""Runs in the background: reads the journals and the inbox, keeps the schedule, does queued jobs.

It decides nothing: whatever it finds, it hands to the action whose business it is.
"""
