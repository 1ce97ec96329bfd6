"""Erasing: a file that nothing obliges to keep is anonymised; else what no duty asks for goes at once.

Anonymised, a person's rows keep what published figures count (hours, sex, commune, main ground, and a day of
birth that only gives the same bands of age) and nothing that tells who it was. Figures are byte for byte the
same before and after.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from uneplace.evidence.files import forget_files
from uneplace.evidence.models import Evidence
from uneplace.hours.models import (
    AwaitedDocument,
    Confirmation,
    ConfirmationMessage,
    FollowUp,
    LedgerEntry,
    MonthLink,
    Statement,
    StatementLine,
)
from uneplace.journal.actions import record
from uneplace.kit.encrypted import holding_exactly
from uneplace.mails.models import Mail
from uneplace.offers.models import Application, CriterionAnswer
from uneplace.organisations.actor import Actor
from uneplace.people.models import ANONYMOUS, DecisionProof, EligibilityDecision, Participant, Resemblance
from uneplace.rules import french
from uneplace.rules.ages import stand_in_birthday
from uneplace.rules.dates import add_months
from uneplace.rules.parameters import PARAMETERS
from uneplace.settlement.models import PenaltyCase

from .models import RightsRequest

REMOVED = "Texte retiré avec les données de la personne."
# What a person is reached by, and what no figure and no control asks for.
SPARED = {
    "email": "",
    "phone": "",
    "address": "",
    "told_by_email": False,
    "diploma_level": None,
    "licences": [],
    "schedules": [],
    "travel": "",
    "travel_km": None,
    "available_from": None,
    "weekly_hours_max": None,
    "profiled_at": None,
}


def duties_to_keep(participant: Participant, *, on: date) -> list[str]:
    """What obliges to keep this person's identity and proofs that day, in French sentences."""
    duties = []
    if _is_at_work(participant, on):
        duties.append("Un contrat de travail est en cours.")
    pending = StatementLine.objects.filter(worked_month__placement__participant=participant)
    if pending.exclude(statement__status=Statement.Status.VALIDATED).exists():
        duties.append("Des heures ne sont pas encore validées.")
    if (until := _controlled_until(participant)) and until > on:
        duties.append(
            f"Un contrôle peut demander les justificatifs d’éligibilité jusqu’au {french.day(until)}."
        )
    cases = PenaltyCase.objects.filter(
        commitment__allocations__placement__participant=participant, status__in=PenaltyCase.OPEN
    )
    if cases.exists():
        duties.append("Un dossier de pénalité est ouvert sur un marché où cette personne a travaillé.")
    return duties


def _is_at_work(participant: Participant, on: date) -> bool:
    still = Q(period__endswith=None) | Q(period__endswith__gt=on)
    return participant.placements.filter(still).exists()


def _controlled_until(participant: Participant) -> date | None:
    last = participant.decisions.in_force().exclude(ledger_entries=None).order_by("-decided_on").first()
    if last is None:
        return None
    return add_months(last.decided_on, PARAMETERS.proof_retention_months.whole_on(last.decided_on))


@transaction.atomic
def anonymise(participant: Participant, *, by: Actor, at: datetime) -> None:
    """Take out of every row all that tells who the person is, files merged into this one included; what the
    figures count stays."""
    participant = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    if participant.anonymised_at is not None:
        return
    own = LedgerEntry.objects.filter(placement__participant=participant)
    entries = list(own.select_related("placement"))
    _empty_applications(participant)
    _keep_counted_decisions(participant)
    _empty_words(participant)
    participant.supports.all().delete()
    participant.suggestions.all().delete()
    participant.informations.all().delete()
    participant.keepings.all().delete()
    Resemblance.objects.filter(Q(one=participant) | Q(other=participant)).delete()
    participant.first_name, participant.last_name = ANONYMOUS
    _forget_contact_and_profile(participant)
    days = [max(entry.month, entry.placement.period.lower) for entry in entries]
    participant.born_on = stand_in_birthday(participant.born_on, days) if participant.born_on else None
    if not entries:
        participant.sex, participant.commune = "", None
    participant.restricted_at = participant.announced_on = None
    participant.anonymised_at = at
    participant.save()
    record("participant.anonymised", about=participant, by=by, at=at)
    for merge in participant.merges.select_related("left"):
        anonymise(merge.left, by=by, at=at)


@transaction.atomic
def spare(participant: Participant, *, by: Actor, at: datetime) -> None:
    """Take out at once what no duty asks to keep: contact, CV, notes; identity and proofs stay for now."""
    _forget_contact_and_profile(participant)
    participant.save()
    _forget_files(participant.applications.exclude(cv=""))
    participant.applications.update(availability="", message="", cv="", cv_name="", decline_note="")
    CriterionAnswer.objects.filter(application__participant=participant).update(fact="")
    participant.suggestions.update(note="")
    record("participant.spared", about=participant, by=by, at=at)
    for merge in participant.merges.select_related("left"):
        spare(merge.left, by=by, at=at)


def _forget_contact_and_profile(participant: Participant) -> None:
    if participant.email:
        Mail.objects.filter(holding_exactly(Mail, participant.email), service=participant.service_id).delete()
    for name, value in SPARED.items():
        setattr(participant, name, value)
    participant.trades.all().delete()
    FollowUp.objects.filter(placement__participant=participant).delete()
    MonthLink.objects.filter(placement__participant=participant).delete()


def _empty_applications(participant: Participant) -> None:
    """Those that led to no work contract go; the others keep their dates and nothing written."""
    _forget_files(participant.applications.exclude(cv=""))
    participant.applications.filter(placement=None).delete()
    CriterionAnswer.objects.filter(application__participant=participant).delete()
    participant.applications.update(
        available_from=None,
        availability="",
        message="",
        cv="",
        cv_name="",
        shortlist_reason="",
        meeting_place="",
        decline_note="",
    )


def _keep_counted_decisions(participant: Participant) -> None:
    """A decision that hours rest on keeps its main ground, which is counted; the others go, proofs too."""
    proofs = DecisionProof.objects.filter(decision__participant=participant)
    forgotten = list(proofs.values_list("evidence", flat=True))
    proofs.delete()
    for decision in participant.decisions.all():
        if not decision.ledger_entries.exists():
            decision.delete()
            continue
        decision.grounds = [decision.main_ground] if decision.main_ground else []
        decision.situation, decision.explanation = {}, []
        decision.reason = REMOVED if decision.status == EligibilityDecision.Status.REFUSED else ""
        decision.save()
    evidence = Evidence.objects.filter(pk__in=forgotten)
    forget_files(evidence)
    evidence.delete()


def _empty_words(participant: Participant) -> None:
    """Free words of statements and requests: somebody may have written a name there."""
    lines = StatementLine.objects.filter(worked_month__placement__participant=participant)
    statements = Statement.objects.filter(pk__in=lines.values("statement"))
    lines.update(comment="")
    statements.update(comment="")
    statements.exclude(return_reason="").update(return_reason=REMOVED)
    ConfirmationMessage.objects.filter(confirmation__placement__participant=participant).delete()
    Confirmation.objects.filter(placement__participant=participant).update(words="", settle_reason="")
    documents = _documents_about(participant)
    Evidence.objects.filter(pk__in=documents.values("evidence")).exclude(reason="").update(reason=REMOVED)
    documents.exclude(waive_reason="").update(waive_reason=REMOVED)
    requests = RightsRequest.objects.filter(participant=participant)
    requests.update(note="")
    requests.exclude(reason="").update(reason=REMOVED)


def _documents_about(participant: Participant) -> QuerySet[AwaitedDocument]:
    """The documents that may tell of somebody: of the commitments where they worked, for a period that holds
    a day of their work contract or a month declared of them."""
    found = set()
    for placement in participant.placements.all():
        documents = AwaitedDocument.objects.filter(commitment__allocations__placement=placement)
        declared = AwaitedDocument.objects.filter(
            commitment__statements__lines__worked_month__placement=placement
        )
        months = list(placement.worked_months.values_list("month", flat=True))
        first, end = placement.period.lower, placement.period.upper
        for one in [*documents, *declared]:
            is_at_work = one.end > first and (end is None or one.month < end)
            if is_at_work or any(one.month <= month < one.end for month in months):
                found.add(one.pk)
    return AwaitedDocument.objects.filter(pk__in=found)


def _forget_files(applications: Iterable[Application]) -> None:
    """Their files go once the change is saved."""
    for application in applications:
        transaction.on_commit(partial(application.cv.storage.delete, application.cv.name))
