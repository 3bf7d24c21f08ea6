"""What can be written at a place, a module for each kind of thing."""
