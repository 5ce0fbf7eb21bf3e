"""Letters people receive: which fact makes which letter, for whom, and how it leaves.

It decides nothing about the things it writes about. Faces may ask it to send one letter at once.
"""
