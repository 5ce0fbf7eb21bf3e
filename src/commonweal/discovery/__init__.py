"""Finding groups: the list that is searched and sorted, the day's selection, what a city does.

It reads what the apps below it own and keeps nothing of its own.
"""
