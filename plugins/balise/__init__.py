"""balise keeps a large, many-language set of guides true and publishes it."""

__version__ = "0.1.0"
