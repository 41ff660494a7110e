"""Run the command line in this process, which dies at one write of the run record.

`python killed_daily.py N before|after ARGUMENTS…` dies before or after the N-th write
(two a step: when it begins, when it is done).
"""

import os
import signal
import sys

from atalaia.cli import main
from atalaia.pipeline import steps

number, side, arguments = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
written = 0
write_record = steps.write_record


def write(place, record):
    global written  # noqa: PLW0603 (the process ends at the count)
    written += 1
    if written == number and side == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    write_record(place, record)
    if written == number:
        os.kill(os.getpid(), signal.SIGKILL)


steps.write_record = write
sys.exit(main(arguments))
