"""Long work over files of any size: block by block in order, at constant memory, to be continued after an interrupt."""

from __future__ import annotations

from maeum.engine.fingerprint import file_print, folder_print
from maeum.engine.flow import Answered, Job, run
from maeum.engine.journal import journal_folder
from maeum.engine.sinks import STREAMED_SUFFIXES
from maeum.engine.tally import Tally

__all__ = ["STREAMED_SUFFIXES", "Answered", "Job", "Tally", "file_print", "folder_print", "journal_folder", "run"]
