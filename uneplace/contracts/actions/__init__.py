"""What people do with contracts, clauses and commitments."""

from .clauses import (
    Part,
    Terms,
    open_clause,
    revise_clause,
    share_clause,
    sizing_of,
    start_clauses,
    validate_clause,
    why_not_change,
    why_not_open_clause,
    why_not_share,
    why_not_validate,
)
from .contracts import (
    add_lot,
    edit_contract,
    type_contract,
    why_not_add_lot,
    why_not_edit_contract,
    why_not_type_contract,
)
from .invitations import invite_company, why_not_invite

__all__ = [
    "Part",
    "Terms",
    "add_lot",
    "edit_contract",
    "invite_company",
    "open_clause",
    "revise_clause",
    "share_clause",
    "sizing_of",
    "start_clauses",
    "type_contract",
    "validate_clause",
    "why_not_add_lot",
    "why_not_change",
    "why_not_edit_contract",
    "why_not_invite",
    "why_not_open_clause",
    "why_not_share",
    "why_not_type_contract",
    "why_not_validate",
]
