"""From text to values; nothing is saved here."""

from .clauses import ClauseForm, InviteForm, RevisionForm, SizingForm, initial_for, initial_of
from .contracts import ContractForm, LotForm, NewContractForm
from .imports import ImportForm
from .lists import FilterForm
from .shares import PartFormSet, companies_at_hand, rows_to_show, rows_typed

__all__ = [
    "ClauseForm",
    "ContractForm",
    "FilterForm",
    "ImportForm",
    "InviteForm",
    "LotForm",
    "NewContractForm",
    "PartFormSet",
    "RevisionForm",
    "SizingForm",
    "companies_at_hand",
    "initial_for",
    "initial_of",
    "rows_to_show",
    "rows_typed",
]
