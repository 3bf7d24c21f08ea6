"""The collection as a site: the only part of balise that knows MkDocs."""
