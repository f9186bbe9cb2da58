"""python -m odr_desk."""

import sys

from odr_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
