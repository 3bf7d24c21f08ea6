"""What several rules share. A rule imports helpers, and never another rule."""
