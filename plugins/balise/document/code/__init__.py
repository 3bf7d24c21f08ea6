"""Code between fences: which language it is in, and what the parser of that finds."""

from balise.document.code.errors import code_error
from balise.document.code.signs import other_language

__all__ = ["code_error", "other_language"]
