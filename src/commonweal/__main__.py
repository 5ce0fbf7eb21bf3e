"""`python -m commonweal` is the `commonweal` command."""

from commonweal.cli.main import main

main()
