"""What is written in the logs: never what a job was to do with whom, nor an address that lets in."""

import logging
import re
import traceback
from typing import Any

CALL = re.compile(r"([\w.]+\[(?:\d+|None)\])\(.*", re.DOTALL)  # how the queue writes a job and its arguments
SECRET = re.compile(r"(?<=/)[\w-]{32,}(?![\w.-])")  # one step of an address, too long to be a name of ours
TELLING = 6  # letters: a word of this length or more, found in an argument, may name somebody


class WithoutArguments(logging.Filter):
    """Lets every line through; those of the job queue keep the name and the number of the job alone, and
    addresses lose what lets in: the token of an invitation, of a password to choose, of a link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True, the line rewritten when it tells too much."""
        if record.name.split(".")[0] != "procrastinate":
            text = record.getMessage()
            if SECRET.search(text):
                record.msg, record.args = SECRET.sub("…", text), ()
            return True
        jobs = [getattr(record, "job", None), *getattr(record, "jobs", ())]
        told = [job for job in jobs if isinstance(job, dict)]
        record.msg, record.args = _message(record.getMessage(), told), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = _traceback(record.exc_info[1], _words(told))
            record.exc_info = None
        for job in told:
            for name in ("task_kwargs", "call_string", "lock", "queueing_lock"):
                job.pop(name, None)
        return True


def _message(text: str, jobs: list[dict[str, Any]]) -> str:
    for job in jobs:
        if call := job.get("call_string"):
            text = text.replace(call, f"{job['task_name']}[{job['id']}]")
    return CALL.sub(r"\1", text)


def _words(jobs: list[dict[str, Any]]) -> set[str]:
    texts = " ".join(str(value) for job in jobs for value in job.get("task_kwargs", {}).values())
    return {word for word in re.findall(r"\w+", texts.lower()) if len(word) >= TELLING}


def _traceback(error: BaseException, words: set[str]) -> str:
    """Where it failed and of what; the words of an error go when they repeat those of the job."""
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        frames, kind = "".join(traceback.format_tb(cause.__traceback__)), type(cause).__name__
        is_harmless = not words & set(re.findall(r"\w+", str(cause).lower()))
        parts.insert(0, f"{frames}{kind}: {cause}" if is_harmless else f"{frames}{kind}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(parts)
