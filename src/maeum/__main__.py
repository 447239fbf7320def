"""`python -m maeum` is the command `maeum`."""

from maeum.cli.main import run

run()
