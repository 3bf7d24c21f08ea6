"""`python -m balise.cli`"""

from balise.cli import main

main()
