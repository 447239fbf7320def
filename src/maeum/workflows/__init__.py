"""One function per command: each does the whole of it, writes what it found, and returns it.

Nothing is imported here, so that a command loads what it needs itself and no more.
"""
