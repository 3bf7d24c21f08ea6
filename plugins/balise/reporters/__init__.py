"""Findings -> what people and programs read. A reporter decides nothing; it shows."""

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown")
"""The names of the formats, each of the module that makes it."""
