"""Work contracts, statements of hours and what they count for."""

from .checks import CHECKS, LABELS, LEVELS, Anomaly, ServiceChecks
from .confirmations import Confirmation, ConfirmationMessage, ConfirmationQuerySet, MonthLink
from .evidence import AwaitedDocument, AwaitedDocumentQuerySet
from .follow_ups import Break, FollowUp, FollowUpQuerySet
from .imports import ColumnMemory, HoursImport, ImportDoubt, ImportedStatement, ImportLine, ImportProblem
from .ledger import LedgerEntry, RecountNotice
from .statements import Statement, StatementLine, StatementQuerySet, month_name, of_month
from .work import HOURS, MONTH_HOURS, Allocation, Piece, Placement, PlacementQuerySet, WorkedMonth

__all__ = [
    "CHECKS",
    "HOURS",
    "LABELS",
    "LEVELS",
    "MONTH_HOURS",
    "Allocation",
    "Anomaly",
    "AwaitedDocument",
    "AwaitedDocumentQuerySet",
    "Break",
    "ColumnMemory",
    "Confirmation",
    "ConfirmationMessage",
    "ConfirmationQuerySet",
    "FollowUp",
    "FollowUpQuerySet",
    "HoursImport",
    "ImportDoubt",
    "ImportLine",
    "ImportProblem",
    "ImportedStatement",
    "LedgerEntry",
    "MonthLink",
    "Piece",
    "Placement",
    "PlacementQuerySet",
    "RecountNotice",
    "ServiceChecks",
    "Statement",
    "StatementLine",
    "StatementQuerySet",
    "WorkedMonth",
    "month_name",
    "of_month",
]
