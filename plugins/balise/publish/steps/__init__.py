"""The steps of a build, one for each kind of file: what of it is there still, and how the rest is made on all cores."""
