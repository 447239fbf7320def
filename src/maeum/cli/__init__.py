"""The command line: one file per command; each parses its words, calls a workflow and shows what it returns."""
