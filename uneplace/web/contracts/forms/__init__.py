"""From text to values; nothing is saved here."""

from .clauses import ClauseForm, InviteForm, RevisionForm, initial_for, initial_of
from .contracts import ContractForm, LotForm, NewContractForm
from .imports import ImportForm
from .lists import FilterForm
from .policy import AmendmentForm, PolicyFields, ServicePolicyForm, differences, typed_in
from .shares import PartFormSet, companies_at_hand, rows_to_show, rows_typed

__all__ = [
    "AmendmentForm",
    "ClauseForm",
    "ContractForm",
    "FilterForm",
    "ImportForm",
    "InviteForm",
    "LotForm",
    "NewContractForm",
    "PartFormSet",
    "PolicyFields",
    "RevisionForm",
    "ServicePolicyForm",
    "companies_at_hand",
    "differences",
    "initial_for",
    "initial_of",
    "rows_to_show",
    "rows_typed",
    "typed_in",
]
