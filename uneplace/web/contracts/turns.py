"""Whose turn it is on clauses: what is still to be done, from the closest to hours counted, and by whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Q, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.contracts.actions import why_not_validate
from uneplace.contracts.models import Clause, Commitment, Subcontracting, Transfer
from uneplace.contracts.queries import Presence, presence_of
from uneplace.hours.models import Allocation, Statement
from uneplace.journal.models import Entry
from uneplace.kit.periods import last_day
from uneplace.offers.models import Application, JobSheet, Transmission
from uneplace.offers.queries import IN_COMPANY_HANDS, Flow, flows_of
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.french import day, hours
from uneplace.settlement.ending import is_over
from uneplace.web.templatetags.history import act_of
from uneplace.web.turns import Turn, Whose

Status = Clause.Status


@dataclass(frozen=True)
class Step:
    """One thing still to be done on a clause, and by whom; the structures together have no organisation."""

    by: Organisation | None
    what: str
    verb: str = ""
    url: str = ""
    before: date | None = None


@dataclass(frozen=True)
class Facts:
    """What is under way on some clauses, by clause, read in a constant number of queries."""

    commitments: dict[int, list[Commitment]]
    statements: dict[int, list[Statement]]
    sheets: dict[int, list[JobSheet]]
    flows: dict[int, Flow]
    answers: dict[int, date]
    hired: dict[int, list[Application]]
    unconfirmed: dict[int, list[Allocation]]
    at_work: dict[int, int]
    transfers: dict[int, list[Transfer]]
    declared: dict[int, list[Subcontracting]]
    presence: dict[int, Presence]


def turns_of(clauses: Iterable[Clause], actor: Actor, *, on: date, at: datetime) -> dict[int, Turn]:
    """The banner of each clause, as this actor reads it; clauses need their service at hand."""
    clauses = list(clauses)
    prefetch_related_objects([clause for clause in clauses if clause.status == Status.DRAFT], "commitments")
    facts = _facts(clauses, actor, on=on, at=at)
    return {clause.pk: _turn(clause, facts, actor, on) for clause in clauses}


def _facts(clauses: list[Clause], actor: Actor, *, on: date, at: datetime) -> Facts:
    commitments = list(
        Commitment.objects.visible_to(actor)
        .filter(clause__in=clauses)
        .select_related("company")
        .order_by("-share", "pk")
    )
    statements = (
        Statement.objects.filter(commitment__in=commitments, month__lte=on)
        .exclude(status=Statement.Status.VALIDATED)
        .with_late_from()
        .select_related("declarant", "commitment")
        .order_by("month", "pk")
    )
    sheets = list(
        JobSheet.objects.filter(commitment__in=commitments)
        .exclude(status=JobSheet.Status.CLOSED)
        .select_related("commitment")
        .order_by("created_at", "pk")
    )
    awaited = (
        Transmission.objects.filter(
            application__job_sheet__in=sheets,
            application__status__in=IN_COMPANY_HANDS,
            withdrawn_at=None,
        )
        .order_by("answer_before")
        .values_list("application__job_sheet", "answer_before")
    )
    at_work = (
        Allocation.objects.filter(commitment__in=commitments)
        .filter(Q(period__endswith__gt=on) | Q(period__upper_inf=True))
        .order_by()
        .values_list("commitment__clause")
        .annotate(people=Count("placement__participant", distinct=True))
    )
    hired = (
        Application.objects.filter(
            job_sheet__in=sheets, status=Application.Status.HIRED, placement__isnull=True
        )
        .select_related("job_sheet__commitment")
        .order_by("answered_at", "pk")
    )
    unconfirmed = (
        Allocation.objects.filter(commitment__in=commitments, placement__confirmed_at=None)
        .select_related("placement__employer", "commitment")
        .order_by("placement__recorded_at", "pk")
    )
    transfers = (
        Transfer.objects.visible_to(actor)
        .filter(clause__in=clauses, status__in=Transfer.OPEN)
        .select_related("owner__company", "partner__company")
        .order_by("proposed_at", "pk")
    )
    declared = (
        Subcontracting.objects.visible_to(actor)
        .to_decide()
        .filter(clause__in=clauses)
        .select_related("company")
        .order_by("declared_at", "pk")
    )
    organisations = {commitment.company_id for commitment in commitments}
    organisations |= {statement.declarant_id for statement in statements}
    organisations |= {allocation.placement.employer_id for allocation in unconfirmed}
    organisations |= {one.company_id for transfer in transfers for one in transfer.awaited}
    return Facts(
        commitments=_by_clause(commitments, lambda commitment: commitment.clause_id),
        statements=_by_clause(statements, lambda statement: statement.commitment.clause_id),
        sheets=_by_clause(sheets, lambda sheet: sheet.commitment.clause_id),
        flows=flows_of(sheets),
        answers=dict(reversed(list(awaited))),
        hired=_by_clause(hired, lambda application: application.job_sheet.commitment.clause_id),
        unconfirmed=_by_clause(unconfirmed, lambda allocation: allocation.commitment.clause_id),
        at_work=dict(at_work),
        transfers=_by_clause(transfers, lambda transfer: transfer.clause_id),
        declared=_by_clause(declared, lambda one: one.clause_id),
        presence=presence_of(organisations, at=at),
    )


def _by_clause(rows, clause_of) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[clause_of(row)].append(row)
    return found


def _turn(clause: Clause, facts: Facts, actor: Actor, on: date) -> Turn:
    if clause.status in (Status.MET, Status.NOT_MET, Status.CLOSED):
        return Turn(Whose.DONE, f"Plus rien à faire\u00a0: {ENDS[clause.status]}")
    if clause.status == Status.SUSPENDED:
        return Turn(Whose.OTHER, "Rien n’est attendu\u00a0: la clause est suspendue", str(clause.service))
    steps = list(_steps(clause, facts, on))
    mine = next((step for step in steps if _is_mine(step, clause, facts, actor)), None)
    step = mine or steps[0]
    late = step.before is not None and step.before < on
    if mine:
        for_whom = "" if actor.stands_for(step.by.pk) else f" pour {step.by}, qui n’a pas de compte"
        return Turn(
            Whose.LATE if late else Whose.MINE,
            f"C’est à vous\u00a0: {step.what}{for_whom}",
            str(actor.user or actor.organisation),
            before=step.before,
            verb=step.verb,
            url=step.url,
        )
    holder = str(step.by) if step.by else "structures d’insertion"
    of = _of(holder) if step.by else f"des {holder}"
    return Turn(
        Whose.LATE if late else Whose.OTHER,
        f"Au tour {of}\u00a0: {step.what}",
        holder,
        before=step.before,
    )


ENDS = {
    Status.MET: "les heures sont atteintes",
    Status.NOT_MET: "la clause est finie, les heures ne sont pas atteintes",
    Status.CLOSED: "la clause est close",
}


def _is_mine(step: Step, clause: Clause, facts: Facts, actor: Actor) -> bool:
    if step.by is None or not step.url or not actor.writes:
        return False
    if actor.stands_for(step.by.pk):
        return True
    presence = facts.presence.get(step.by.pk)
    return actor.serves(clause) and presence is not None and not presence.has_joined


def _of(name: str) -> str:
    return f"d’{name}" if name[:1].casefold() in "aàâeéèêëiîïoôuùûœ" else f"de {name}"


def with_last_act(turn: Turn, entry: Entry | None) -> Turn:
    """The same banner, with what happened last on the file."""
    if entry is None:
        return turn
    words = act_of(entry.verb).words
    words = words[0].lower() + words[1:]
    who = entry.user_name or entry.organisation_name
    return replace(turn, last=f"{words}, {who}, le {day(localtime(entry.at).date())}.")


def _steps(clause: Clause, facts: Facts, on: date) -> Iterable[Step]:
    """What is to be done, the most pressing first; at least one."""
    service = clause.service
    if clause.status == Status.DRAFT:
        yield _draft_step(clause, facts)
        return
    yield from _statement_steps(clause, facts, on)
    for application in facts.hired[clause.pk]:
        what = f"enregistrer le contrat de travail pour «\u00a0{application.job_sheet.title}\u00a0»"
        url = reverse("hours:record_placement", args=[application.pk])
        yield Step(service, what, "Enregistrer le contrat", url)
    for placement in {one.placement_id: one.placement for one in facts.unconfirmed[clause.pk]}.values():
        what = "confirmer un contrat de travail"
        yield Step(placement.employer, what, "Relire et confirmer", placement.get_absolute_url())
    if is_over(clause, on=on) and not any(
        one.is_editable and one.due_on >= on for one in facts.statements[clause.pk]
    ):
        url = reverse("settlement:note_end", args=[clause.pk])
        yield Step(service, "constater la fin de l’exécution", "Constater la fin", url)
        return
    yield from _partner_steps(clause, facts)
    for sheet in facts.sheets[clause.pk]:
        yield from _sheet_steps(sheet, facts, service)
    for commitment in facts.commitments[clause.pk]:
        if facts.presence[commitment.company_id].is_absent:
            url = reverse("contracts:invite", args=[commitment.pk])
            yield Step(service, f"inviter {commitment.company}", "Inviter l’entreprise", url)
    has_begun = clause.execution.lower <= on
    if has_begun and not facts.sheets[clause.pk] and not facts.at_work.get(clause.pk):
        for commitment in facts.commitments[clause.pk]:
            url = f"{reverse('offers:create')}?engagement={commitment.pk}"
            what = f"définir une fiche de poste avec {commitment.company}"
            yield Step(service, what, "Définir une fiche de poste", url)
    yield _last_step(clause, facts, on)


def _draft_step(clause: Clause, facts: Facts) -> Step:
    service = clause.service
    if not facts.commitments[clause.pk]:
        url = reverse("contracts:share", args=[clause.pk])
        return Step(service, "dire quelles entreprises portent la clause", "Répartir les heures", url)
    if why_not_validate(clause):
        return Step(
            service, "compléter la clause", "Compléter", reverse("contracts:edit_clause", args=[clause.pk])
        )
    return Step(
        service, "valider la clause", "Relire et valider", reverse("contracts:validate", args=[clause.pk])
    )


def _statement_steps(clause: Clause, facts: Facts, on: date) -> Iterable[Step]:
    statements = facts.statements[clause.pk]
    received = [one for one in statements if one.status == Statement.Status.SUBMITTED]
    for one in received:
        what = f"contrôler le relevé {one.of_month} {_of(str(one.declarant))}"
        yield Step(clause.service, what, "Contrôler le relevé", one.get_absolute_url())
    awaited = [one for one in statements if one.is_editable]
    for one in sorted(awaited, key=lambda one: one.status != Statement.Status.RETURNED):
        is_returned = one.status == Statement.Status.RETURNED
        if not is_returned and one.due_on >= on and one.month.month == on.month and one.month.year == on.year:
            continue  # the month under way is declared once it is over
        verb = "Corriger le relevé" if is_returned else "Déclarer les heures"
        what = f"{verb[0].lower()}{verb[1:]} {one.of_month}"
        yield Step(one.declarant, what, verb, reverse("hours:declare", args=[one.pk]), one.late_from)


def _partner_steps(clause: Clause, facts: Facts) -> Iterable[Step]:
    for one in facts.transfers[clause.pk]:
        what, url = f"un transfert de {hours(one.hours)}", one.get_absolute_url()
        for member in one.awaited:
            yield Step(member.company, f"accepter ou décliner {what}", "Répondre", url)
        if one.status == Transfer.Status.AGREED:
            yield Step(clause.service, f"décider sur {what}", "Décider", url)
    for declared in facts.declared[clause.pk]:
        what = f"valider une sous-traitante, {declared.company}"
        yield Step(clause.service, what, "Décider", declared.get_absolute_url())


def _sheet_steps(sheet: JobSheet, facts: Facts, service: Organisation) -> Iterable[Step]:
    commitments = facts.commitments[sheet.commitment.clause_id]
    company = next(one.company for one in commitments if one.pk == sheet.commitment_id)
    url, title = sheet.get_absolute_url(), f"«\u00a0{sheet.title}\u00a0»"
    flow = facts.flows[sheet.pk]
    if sheet.status == JobSheet.Status.DRAFT:
        yield Step(service, f"finir la fiche de poste {title}", "Finir la fiche", url)
    elif sheet.status == JobSheet.Status.TO_AGREE:
        what = f"dire si la fiche de poste {title} convient"
        if sheet.agreed_by_company_at is None:
            yield Step(company, what, "Relire la fiche", url)
        if sheet.agreed_by_service_at is None:
            yield Step(service, what, "Relire la fiche", url)
        if sheet.agreed_by_company_at and sheet.agreed_by_service_at:
            yield Step(service, f"diffuser la fiche de poste {title}", "Diffuser", url)
    elif sheet.status == JobSheet.Status.PUBLISHED:
        if flow.sent:
            what = f"choisir parmi {flow.sent} dossiers" if flow.sent > 1 else "répondre sur un dossier"
            yield Step(company, f"{what} pour {title}", "Voir les dossiers", url, facts.answers.get(sheet.pk))
        if flow.to_study + flow.shortlisted:
            count = flow.to_study + flow.shortlisted
            what = f"étudier {count} candidatures" if count > 1 else "étudier une candidature"
            yield Step(service, f"{what} pour {title}", "Étudier", url)
        if flow.free and not flow.received:
            yield Step(None, f"proposer des personnes pour {title}", before=sheet.apply_before)


def _last_step(clause: Clause, facts: Facts, on: date) -> Step:
    """When nothing else is to be done, the hours are the companies'."""
    companies = [commitment.company for commitment in facts.commitments[clause.pk]]
    company = companies[0] if companies else clause.service
    if on < clause.execution.lower:
        return Step(company, f"commencer l’exécution, le {day(clause.execution.lower)}")
    end = last_day(clause.execution)
    until = f" jusqu’au {day(end)}" if end else ""
    return Step(company, f"faire réaliser les heures{until}")
