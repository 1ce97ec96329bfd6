"""`uneplace rules FILE`, or `-` for what is typed or piped: the answers to every case, in order, as JSON.

It needs neither database nor settings.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from uneplace.rules.cases.evaluating import evaluate
from uneplace.rules.cases.files import Unreadable, read_cases

USAGE = "Usage\u00a0: uneplace rules FICHIER, ou - pour l’entrée standard\n"
DONE, ONE_ERROR, UNREADABLE = 0, 1, 2


def run(options: Sequence[str]) -> int:
    """Evaluate the cases of the file; 0 all evaluated, 1 one had an error, 2 the file cannot be read."""
    if list(options) in (["-h"], ["--help"]):
        sys.stdout.write(USAGE)
        return DONE
    if len(options) != 1:
        sys.stderr.write(USAGE)
        return UNREADABLE
    name = options[0]
    try:
        cases = read_cases(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())
    except (OSError, Unreadable) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        sys.stderr.write(f"uneplace rules, {name}\u00a0: {reason}\n")
        return UNREADABLE
    sys.stdout.flush()
    return ONE_ERROR if write_results(cases, sys.stdout.buffer) else DONE


def write_results(cases: Sequence[object], out: BinaryIO) -> int:
    """Write the result of each case as soon as it is known, one a line; how many could not be evaluated."""
    errors = 0
    out.write(b'{"results":[')
    for place, case in enumerate(cases):
        result = evaluate(case)
        errors += "error" in result
        written = json.dumps(result, ensure_ascii=False, separators=(",", ":"))
        # Half of a pair of code units, which JSON can name and UTF-8 cannot hold, stays as it was named.
        out.write((b",\n" if place else b"\n") + written.encode("utf-8", "backslashreplace"))
    out.write(b"\n]}\n")
    out.flush()
    return errors
