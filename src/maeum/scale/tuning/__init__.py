"""Searches for settings on Ray Tune: where samples come from, what a trial's process does, how the search goes on."""
