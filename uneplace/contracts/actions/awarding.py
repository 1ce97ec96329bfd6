"""A coming contract becomes the contract: everything already typed is carried over, once."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localtime

from uneplace.contracts import mails
from uneplace.contracts.actions.clauses import Part, Terms, open_clause, share_clause
from uneplace.contracts.actions.coming import CHANGED, Status, move
from uneplace.contracts.actions.contracts import KNOWN, type_contract
from uneplace.contracts.models import Award, AwardMember, Clause, ComingContract, Contract, Lot, MemberRole
from uneplace.contracts.presets import starting_points
from uneplace.contracts.sizing import read
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.dates import add_months
from uneplace.rules.french import day
from uneplace.rules.social_condition import Purchase

TAKEN = "Quelqu’un d’autre vient d’attribuer ce marché à venir."


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What only the award tells: official id, day of notification, amount in euros before tax, holder."""

    official_id: str
    notified_on: date
    amount: Decimal | None = None
    holder: Organisation | None = None


def why_not_award(coming: ComingContract) -> list[str]:
    """The reasons that keep it from becoming a contract; none means that it can."""
    if coming.status == Status.AWARDED:
        return ["Ce marché à venir est déjà attribué."]
    if coming.status == Status.DROPPED:
        return ["Ce marché à venir est sans suite."]
    if coming.status == Status.ASKED:
        return ["Le service n’a pas encore répondu\u00a0: la clause n’est pas connue."]
    if not coming.holds_clause:
        return ["La réponse est «\u00a0pas de clause\u00a0»\u00a0: il n’y a pas de clause à reprendre."]
    return []


@transaction.atomic
def award_coming(
    coming: ComingContract, *, outcome: Outcome, revision: int, by: Actor, at: datetime
) -> Clause:
    """Turn a coming contract into the contract, its lot, its award and the draft of its clause.

    The hours stay those that the consultation wrote, whatever the amount awarded. A contract already known
    under this number is not written twice: it is taken up from its own page (`resume_coming`).
    """
    if reasons := why_not_award(coming):
        raise Refused(*reasons)
    if outcome.notified_on > localtime(at).date():
        raise Refused("Le jour de la notification n’est pas encore venu.")
    if coming.status == Status.PUBLISHED and outcome.notified_on < coming.consultation_on:
        launched = day(coming.consultation_on)
        raise Refused(f"La consultation a été lancée le {launched}\u00a0: la notification vient après.")
    _hold(coming, revision)
    known = Contract.objects.filter(
        service_id=coming.service_id, buyer_id=coming.buyer_id, official_id=outcome.official_id
    )
    if known.exists():
        raise Refused(f"{KNOWN} Ouvrez-le, et choisissez «\u00a0Reprendre un marché à venir\u00a0».")
    commune = coming.commune
    is_concession = coming.kind == Purchase.CONCESSION
    contract = type_contract(
        service=coming.service,
        buyer=coming.buyer,
        object=coming.object,
        official_id=outcome.official_id,
        amount=outcome.amount,
        notified_on=outcome.notified_on,
        duration_months=coming.duration_months,
        kind=Contract.Kind.CONCESSION if is_concession else Contract.Kind.MARCHE,
        cpv=coming.cpv_id or "",
        place_code=commune.code_insee if commune else "",
        place_name=commune.name if commune else "",
        by=by,
        at=at,
    )
    lot = contract.lots.get()
    if outcome.holder:
        award = Award.objects.create(service_id=lot.service_id, lot=lot)
        AwardMember.objects.create(service_id=lot.service_id, award=award, company=outcome.holder)
    return _open(coming, lot, by=by, at=at)


def why_not_resume(coming: ComingContract, lot: Lot) -> list[str]:
    """The reasons that keep a contract already known from taking up this coming contract."""
    reasons = why_not_award(coming)
    contract = lot.contract
    if (contract.service_id, contract.buyer_id) != (coming.service_id, coming.buyer_id):
        reasons.append("Ce marché à venir est celui d’un autre acheteur.")
    if Clause.objects.filter(lot=lot).exists():
        reasons.append("Ce lot a déjà une clause.")
    return reasons


@transaction.atomic
def resume_coming(coming: ComingContract, *, lot: Lot, revision: int, by: Actor, at: datetime) -> Clause:
    """Link a lot of a contract already known, imported for instance, and open there the clause answered."""
    if reasons := why_not_resume(coming, lot):
        raise Refused(*reasons)
    _hold(coming, revision)
    return _open(coming, lot, by=by, at=at)


def _hold(coming: ComingContract, revision: int) -> None:
    # The second of two people waits here, then reads that it is done.
    rows = ComingContract.objects.select_for_update().to_award().filter(pk=coming.pk, revision=revision)
    if not rows.exists():
        coming.refresh_from_db()
        raise Refused(TAKEN if coming.status == Status.AWARDED else CHANGED)


def _open(coming: ComingContract, lot: Lot, *, by: Actor, at: datetime) -> Clause:
    try:
        with transaction.atomic():
            move(coming, coming.revision, source=coming.status, status=Status.AWARDED, lot=lot)
    except IntegrityError:
        raise Refused("Ce lot vient déjà d’un autre marché à venir.")
    clause = open_clause(lot, terms=_terms(coming, lot.contract), by=by, at=at)
    holders = list(AwardMember.objects.filter(award__lot=lot).select_related("company"))
    if len(holders) == 1:
        whole = Part(holders[0].company, Decimal(1), MemberRole.MANDATAIRE)
        share_clause(clause, parts=[whole], revision=clause.revision, by=by, at=at)
    record("coming_contract.awarded", about=coming, by=by, at=at, contract=lot.contract_id)
    mails.tell_of_award(coming, by=by)
    return clause


def _terms(coming: ComingContract, contract: Contract) -> Terms:
    """What the clause says: what was answered, from the day when the work may begin; for the rest, the
    service's model on the day of the consultation, which its texts quote."""
    known = [one for one in (coming.starts_on, contract.notified_on) if one]
    start = max(known, default=coming.consultation_on)
    months = coming.duration_months or contract.duration_months
    model = starting_points(coming.service, on=coming.consultation_on)[0]
    answered = {"penalty_rate": coming.penalty_rate, "accepted_grounds": coming.accepted_grounds}
    return Terms(
        **(dict(model.values) | answered),
        preset=model.key,
        sizing=read(coming.method, coming.inputs, as_of=start),
        execution=DateRange(start, add_months(start, months) if months else None, "[)"),
        rounding=coming.rounding,
        device=coming.device,
    )
