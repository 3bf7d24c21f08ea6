"""Pages on disk: which there are, what is in them, what is kept of them between runs."""
