"""How a collection is: a matrix of its guides and locales, and what is made of that for people and programs."""
