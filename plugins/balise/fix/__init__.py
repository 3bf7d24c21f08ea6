"""Fixes: how they are chosen and applied, and how pages with them are written."""
