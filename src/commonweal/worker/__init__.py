"""Runs in the background: the sequencer, the inbox, the schedule."""
