"""The plugin of MkDocs: the only part of balise that knows MkDocs."""
