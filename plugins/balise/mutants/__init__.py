"""Guides with planted mistakes, one a guide, and how many of them a checker finds."""
