"""Social cards: pictures that stand for pages where somebody posts links to them."""
