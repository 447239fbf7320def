"""Reports drawn from numbers: plots, a page of its own, Markdown, a table for the terminal, verdicts in words."""

from maeum.report.markdown import evaluation_markdown
from maeum.report.page import evaluation_page
from maeum.report.page_learning import Learning
from maeum.report.terminal import evaluation_table
from maeum.report.words import headline, verdict

__all__ = ["Learning", "evaluation_markdown", "evaluation_page", "evaluation_table", "headline", "verdict"]
