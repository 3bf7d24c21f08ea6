"""Findings -> what people and programs read. A reporter decides nothing; it shows."""

from balise.reporters.json import report_json
from balise.reporters.text import report_text

__all__ = ["report_json", "report_text"]
