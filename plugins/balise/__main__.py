"""`python -m balise`"""

from balise.cli import main

main()
