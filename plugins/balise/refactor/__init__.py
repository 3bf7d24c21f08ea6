"""Renames and moves: a change of a collection -> what becomes of every file, so that all links mean what they meant."""
