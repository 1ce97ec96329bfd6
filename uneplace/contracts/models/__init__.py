from .clause import Clause, ClauseQuerySet, Commitment, CommitmentQuerySet, MemberRole
from .coming import ComingContract, ComingContractQuerySet
from .contract import Amendment, Award, AwardMember, Contract, ContractQuerySet, Lot, LotQuerySet
from .duty import ActionDone, DutyChange, Invoice, Order
from .partners import Subcontracting, SubcontractingQuerySet, Transfer, TransferQuerySet, led_by
from .policy import Every, PolicyChange, PolicyColumns, ServicePolicy
from .texts import ClauseText, ClauseTextQuerySet, Document, Family

__all__ = [
    "ActionDone",
    "Amendment",
    "Award",
    "AwardMember",
    "Clause",
    "ClauseQuerySet",
    "ClauseText",
    "ClauseTextQuerySet",
    "ComingContract",
    "ComingContractQuerySet",
    "Commitment",
    "CommitmentQuerySet",
    "Contract",
    "ContractQuerySet",
    "Document",
    "DutyChange",
    "Every",
    "Family",
    "Invoice",
    "Lot",
    "LotQuerySet",
    "MemberRole",
    "Order",
    "PolicyChange",
    "PolicyColumns",
    "ServicePolicy",
    "Subcontracting",
    "SubcontractingQuerySet",
    "Transfer",
    "TransferQuerySet",
    "led_by",
]
