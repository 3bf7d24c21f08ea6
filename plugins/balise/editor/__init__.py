"""The language server: a collection in memory, and what an editor asks of it."""
