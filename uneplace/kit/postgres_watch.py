"""Owns the embedded server until nobody needs it; kit/postgres.py runs it with a lock, a user, a command.

Standard library only, and run without site packages, so that it starts at once and stays small.
"""

import ctypes
import fcntl
import os
import pwd
import signal
import subprocess
import sys


def end_with_parent(number: int) -> None:
    """Ask the kernel to send this process signal `number` when its parent dies (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, number)  # 1 is PR_SET_PDEATHSIG


def run_as(user: str | None) -> dict[str, object]:
    """The arguments of `subprocess` that run a program as `user`; as ourselves without one."""
    if not user:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


class ServerEnded(Exception):
    """The server ended by itself."""


def watch(lock_path: str, user: str, command: list[str]) -> int:
    """Start the server, sleep until its last user has ended, stop it; answers with its exit code."""
    watcher = os.getpid()

    def before_server() -> None:
        end_with_parent(signal.SIGINT)  # PostgreSQL's "fast shutdown": clean, without waiting for clients
        if os.getppid() != watcher:
            os._exit(1)

    def server_ended(*_: object) -> None:
        raise ServerEnded

    with open(lock_path, "ab") as lock:
        server = subprocess.Popen(command, cwd="/", preexec_fn=before_server, **run_as(user))
        try:
            signal.signal(signal.SIGCHLD, server_ended)
            if server.poll() is None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            server.send_signal(signal.SIGINT)
        except ServerEnded:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        return server.wait()


if __name__ == "__main__":
    if os.fork():
        os._exit(0)  # nobody's child: the server outlives the command that happened to start it
    sys.exit(watch(sys.argv[1], sys.argv[2], sys.argv[3:]))
