from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from uneplace.offers.models import Agreement, Application, JobSheet
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.rules import french
from uneplace.web.work import Stake, WorkItem

MOST = 20
Status = Application.Status
Sheet = JobSheet.Status
TO_STUDY = Q(applications__status__in=[Status.NEW, Status.STUDIED])
TO_SEND = Q(applications__status=Status.SHORTLISTED)


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """Files to decide on, send or answer, agreements to collect, sheets to agree to, hires to record."""
    items: list[WorkItem] = []
    if actor.is_facilitator:
        items += [_to_record(one) for one in _hired(actor).select_related("participant", "job_sheet")[:MOST]]
        items += [_to_preselect(sheet, on) for sheet in _sheets_to_study(actor)[:MOST]]
        items += [_to_prepare(sheet) for sheet in _sheets_to_prepare(actor)[:MOST]]
    if actor.can(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER):
        items += [_to_answer(one, on) for one in _received(actor)[:MOST]]
        items += [_to_agree(sheet) for sheet in _sheets_to_agree(actor)[:MOST]]
    if actor.can(Capacity.INSERTION_EMPLOYER, Capacity.REFERRER):
        items += [_to_collect(one) for one in agreements_to_collect(actor)[:MOST]]
    return items[:MOST]


def waiting(actor: Actor, *, on: date) -> int:
    """How many files or job sheets await this actor on the page of its offers."""
    if actor.is_facilitator:
        return _sheets_to_study(actor).count() + _sheets_to_prepare(actor).count() + _hired(actor).count()
    if actor.can(Capacity.INSERTION_EMPLOYER, Capacity.REFERRER):
        return agreements_to_collect(actor).count()
    return _sheets_to_agree(actor).count()


def files_waiting(actor: Actor, *, on: date) -> int:
    """How many transmitted files await this company's answer."""
    return _received(actor).count()


def agreements_to_collect(actor: Actor) -> QuerySet[Application]:
    """Applications kept by the service for which the person's agreement is not known yet."""
    return (
        Application.objects.filter(organisation=actor.organisation, status=Status.SHORTLISTED)
        .exclude(agreement__answer__in=Agreement.Answer.values)
        .select_related("participant", "job_sheet__commitment__company")
        .order_by("sent_at", "pk")
    )


def _hired(actor: Actor) -> QuerySet[Application]:
    return Application.objects.filter(
        service=actor.organisation, status=Status.HIRED, placement=None
    ).order_by("answered_at", "pk")


def _sheets_to_study(actor: Actor) -> QuerySet[JobSheet]:
    return (
        JobSheet.objects.filter(service=actor.organisation, status__in=[Sheet.PUBLISHED, Sheet.FILLED])
        .annotate(
            to_study=Count("applications", filter=TO_STUDY), to_send=Count("applications", filter=TO_SEND)
        )
        .filter(Q(to_study__gt=0) | Q(to_send__gt=0))
        .select_related("commitment__company")
        .order_by(F("apply_before").asc(nulls_last=True), "pk")
    )


def _sheets_to_prepare(actor: Actor) -> QuerySet[JobSheet]:
    """Drafts to share, and sheets on which the company agreed."""
    return (
        JobSheet.objects.filter(service=actor.organisation)
        .filter(Q(status=Sheet.DRAFT) | Q(status=Sheet.TO_AGREE, agreed_by_company_at__isnull=False))
        .select_related("commitment__company")
        .order_by("created_at", "pk")
    )


def _received(actor: Actor) -> QuerySet[Application]:
    return (
        Application.objects.filter(
            transmission__company=actor.organisation,
            transmission__withdrawn_at=None,
            status__in=[Status.SENT, Status.MEETING],
        )
        .select_related("participant", "job_sheet", "transmission")
        .order_by("transmission__answer_before", "pk")
    )


def _sheets_to_agree(actor: Actor) -> QuerySet[JobSheet]:
    return (
        JobSheet.objects.filter(
            commitment__company=actor.organisation, status=Sheet.TO_AGREE, agreed_by_company_at=None
        )
        .select_related("service")
        .order_by("created_at", "pk")
    )


def _to_record(application: Application) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "person-check",
        f"{application.participant}, contrat de travail à enregistrer",
        f"L’entreprise a répondu oui pour «\u00a0{application.job_sheet}\u00a0».",
        "Enregistrer",
        reverse("hours:record_placement", args=[application.pk]),
        weight="1 personne",
    )


def _to_preselect(sheet: JobSheet, on: date) -> WorkItem:
    if sheet.status == Sheet.FILLED:
        return _to_close(sheet)
    parts = []
    if sheet.to_study:
        parts.append(french.several(sheet.to_study, "candidature à étudier", "candidatures à étudier"))
    if sheet.to_send:
        parts.append(french.several(sheet.to_send, "dossier à transmettre", "dossiers à transmettre"))
    waiting = sheet.to_study + sheet.to_send
    return WorkItem(
        Stake.PERSON,
        "people",
        f"{sheet.title}, {sheet.commitment.company}",
        f"{french.listed(parts).capitalize()}.",
        "Décider" if sheet.to_study else "Transmettre",
        reverse("offers:preselection", args=[sheet.pk]),
        weight=french.several(waiting, "personne", "personnes"),
        limit=sheet.apply_before,
        is_late=sheet.apply_before is not None and sheet.apply_before < on,
    )


def _to_close(sheet: JobSheet) -> WorkItem:
    waiting = sheet.to_study + sheet.to_send
    return WorkItem(
        Stake.ANSWER,
        "chat-left-text",
        f"{sheet.title}, {sheet.commitment.company}",
        "Le poste est pourvu\u00a0: ceux qui restent attendent une réponse.",
        "Répondre",
        reverse("offers:close", args=[sheet.pk]),
        weight=french.several(waiting, "personne", "personnes"),
    )


def _to_prepare(sheet: JobSheet) -> WorkItem:
    if sheet.status == Sheet.DRAFT:
        detail, verb = "Le brouillon n’est pas encore partagé avec l’entreprise.", "Relire"
    elif sheet.agreed_by_service_at:
        detail, verb = "Les deux accords sont donnés\u00a0: choisissez les structures.", "Diffuser"
    else:
        detail, verb = "L’entreprise est d’accord\u00a0: à vous de l’être.", "Relire"
    return WorkItem(
        Stake.ANSWER,
        "person-badge",
        f"{sheet.title}, {sheet.commitment.company}",
        detail,
        verb,
        sheet.get_absolute_url(),
    )


def _to_answer(application: Application, on: date) -> WorkItem:
    limit = application.transmission.answer_before
    met = application.status == Status.MEETING
    return WorkItem(
        Stake.PERSON,
        "person-check",
        f"{application.participant}, {application.job_sheet.title}",
        "Après l’entretien, donnez votre réponse." if met else "Un dossier attend votre réponse.",
        "Répondre",
        application.get_absolute_url(),
        weight="1 personne",
        limit=limit,
        is_late=limit < on,
    )


def _to_agree(sheet: JobSheet) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "person-badge",
        f"{sheet.title}, fiche de poste à relire",
        f"{sheet.service} attend votre accord.",
        "Relire",
        sheet.get_absolute_url(),
    )


def _to_collect(application: Application) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "chat-dots",
        f"{application.participant}, accord à recueillir",
        f"Dossier gardé pour «\u00a0{application.job_sheet}\u00a0». Sans accord, il ne part pas.",
        "Noter l’accord",
        reverse("offers:agreement", args=[application.pk]),
        weight="1 personne",
    )
