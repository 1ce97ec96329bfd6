"""Where people stand on the way to a job, as one expression of the database: a list shows and cuts by it."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Subquery, Value, When

from uneplace.offers.models import Application, Suggestion
from uneplace.people.models import Participant
from uneplace.rules.parameters import PARAMETERS

from .models import Placement

File = Application.Status


class Stage(models.TextChoices):
    """The one thing to know of somebody first; a running work contract comes before all the rest."""

    AT_WORK = "AT_WORK", "En poste"
    ENDING = "ENDING", "Contrat qui finit"
    HIRED = "HIRED", "Choisie, contrat à venir"
    MEETING = "MEETING", "En entretien"
    WITH_COMPANY = "WITH_COMPANY", "Dossier chez l’entreprise"
    PROPOSED = "PROPOSED", "Proposée"
    ASKED = "ASKED", "Demandée par le service"
    ENDED = "ENDED", "Contrat fini"
    ELSEWHERE = "ELSEWHERE", "Embauchée ailleurs"
    LOOKING = "LOOKING", "En recherche"


def with_stage(
    people: QuerySet[Participant],
    *,
    applications: QuerySet[Application],
    placements: QuerySet[Placement],
    suggestions: QuerySet[Suggestion],
    on: date,
) -> QuerySet[Participant]:
    """These people, each with its `stage` that day, from the applications, work contracts and requests given:
    those that whoever reads may see."""
    files = applications.order_by().filter(participant=OuterRef("pk"))
    contracts = placements.order_by().filter(participant=OuterRef("pk"))
    running = contracts.filter(period__contains=on)
    last = files.order_by("-sent_at", "-pk").values("status")[:1]
    is_hired = Exists(files.filter(status=File.HIRED, placement=None))
    asked = suggestions.order_by().filter(participant=OuterRef("pk"))
    soon = PARAMETERS.next_job_days.whole_on(on)
    stage = Case(
        _when(running.filter(period__endswith__lte=on + timedelta(days=soon)), Stage.ENDING),
        _when(running, Stage.AT_WORK),
        When(is_hired | Exists(contracts.filter(period__startswith__gt=on)), then=Value(Stage.HIRED)),
        _when(files.filter(status=File.MEETING), Stage.MEETING),
        _when(files.filter(status=File.SENT), Stage.WITH_COMPANY),
        _when(files.filter(status__in=Application.OPEN), Stage.PROPOSED),
        _when(asked, Stage.ASKED),
        _when(contracts, Stage.ENDED),
        When(last_status=File.HIRED_ELSEWHERE, then=Value(Stage.ELSEWHERE)),
        default=Value(Stage.LOOKING),
        output_field=CharField(),
    )
    return people.alias(last_status=Subquery(last)).annotate(stage=stage)


def _when(rows: QuerySet, stage: Stage) -> When:
    return When(Exists(rows), then=Value(stage))
