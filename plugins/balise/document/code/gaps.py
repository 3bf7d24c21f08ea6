"""What examples leave open, so that they need not be valid as they are."""

import re

GAP = re.compile(r"\.\.\.|…|\{\{|\{%|<%|\$\{|-8<-")
"""What an example leaves out, and what a tool puts something else in the place of."""
IN_ANGLES = re.compile(r"<[A-Za-z][\w -]*+>")
