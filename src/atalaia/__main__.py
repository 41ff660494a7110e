"""Run the command line as `python -m atalaia`."""

import sys

from atalaia.cli import main

if __name__ == "__main__":
    sys.exit(main())
