"""Where the frozen program starts."""

import multiprocessing
import sys

from odr_desk import cli

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a child process of the program is the program again
    sys.exit(cli.main())
