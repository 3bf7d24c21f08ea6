"""What everything stands on: texts and places in them, findings, errors, paths, files, processes."""
