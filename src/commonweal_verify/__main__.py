"""`python -m commonweal_verify` is `commonweal-verify`."""

import sys

from commonweal_verify.cli import main

if __name__ == "__main__":
    sys.exit(main())
