"""A collection in one layout -> the same collection in another one: files to write, and what is lost."""
