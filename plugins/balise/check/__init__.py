"""From a workspace to a report: which rules run on which pages, and what becomes of their findings."""
