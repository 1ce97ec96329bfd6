"""Processes that tests start, look at and see the end of."""

import os
import select
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path


def processes_about(text):
    """The ids of running processes whose command line holds `text`, this one apart."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(text) in words and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def ended_within(seconds, pids):
    """Whether all these processes end in time; says at once when they do."""
    poll = select.poll()
    waiting = set()
    for pid in pids:
        try:
            waiting.add(descriptor := os.pidfd_open(pid))
        except ProcessLookupError:
            continue
        poll.register(descriptor, select.POLLIN)
    try:
        running = set(waiting)
        while running:
            events = poll.poll(seconds * 1000)
            if not events:
                return False
            for descriptor, _ in events:
                poll.unregister(descriptor)
                running.discard(descriptor)
        return True
    finally:
        for descriptor in waiting:
            os.close(descriptor)


@contextmanager
def python(code, *arguments, **environment):
    """A Python process that runs `code`; its standard input stays open until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
