"""What is done with job sheets and applications, in the order of the chain."""

from .answers import choose, decline, propose_meeting, why_not_answer, why_not_choose
from .applications import (
    AnswerGiven,
    Told,
    preselect,
    put_forward,
    record_agreement,
    why_not_preselect,
    why_not_put_forward,
    why_not_withdraw,
    withdraw,
)
from .job_sheets import (
    agree,
    close_job_sheet,
    diffuse,
    draft_job_sheet,
    publish,
    revise_job_sheet,
    share,
    why_not_agree,
    why_not_close,
    why_not_publish,
    why_not_revise,
)
from .moves import meanwhile
from .transmission import ANSWER_DAYS, transmit, why_not_transmit

__all__ = [
    "ANSWER_DAYS",
    "AnswerGiven",
    "Told",
    "agree",
    "choose",
    "close_job_sheet",
    "decline",
    "diffuse",
    "draft_job_sheet",
    "meanwhile",
    "preselect",
    "propose_meeting",
    "publish",
    "put_forward",
    "record_agreement",
    "revise_job_sheet",
    "share",
    "transmit",
    "why_not_agree",
    "why_not_answer",
    "why_not_choose",
    "why_not_close",
    "why_not_preselect",
    "why_not_publish",
    "why_not_put_forward",
    "why_not_revise",
    "why_not_transmit",
    "why_not_withdraw",
    "withdraw",
]
