"""Writing the report of a clause, and issuing it: from then on nothing of it changes."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause
from uneplace.hours.models import Statement
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.french import several

from .mails import tell_of_report
from .models import ClauseReport
from .report_figures import checksum_of, figures_of

WRITTEN_MEANWHILE = (
    "Quelqu’un d’autre vient de changer ce bilan. "
    "Relisez-le\u00a0: ce que vous avez écrit est encore dans le formulaire."
)
ENDED = (Clause.Status.MET, Clause.Status.NOT_MET, Clause.Status.CLOSED)


def draft_of(clause: Clause) -> ClauseReport | None:
    """The report being written about a clause, if there is one."""
    return ClauseReport.objects.filter(clause=clause, issued_at=None).first()


def why_not_write(clause: Clause) -> list[str]:
    """The reasons that keep a report from being written; none means that it can be."""
    if clause.status == Clause.Status.DRAFT:
        return ["La clause est encore un brouillon\u00a0: il n’y a rien à en dire."]
    return []


@transaction.atomic
def write_report(
    clause: Clause, *, kind: str, words: str, read: int, by: Actor, at: datetime
) -> ClauseReport:
    """Keep the words of the report being written; the first time, start it.

    `read` is the revision that was read, 0 when there was none. Raises `Refused`.
    """
    if reasons := why_not_write(clause):
        raise Refused(*reasons)
    draft = draft_of(clause)
    if (draft.revision if draft else 0) != read:
        raise Refused(WRITTEN_MEANWHILE)
    if draft is None:
        draft = _start(clause, kind, words, by, at)
    else:
        rows = ClauseReport.objects.filter(pk=draft.pk, revision=read, issued_at=None).update(
            kind=kind, words=words, revision=read + 1, written_by=by.user, written_at=at
        )
        if not rows:
            raise Refused(WRITTEN_MEANWHILE)
        draft.refresh_from_db()
    record("clausereport.written", about=draft, by=by, at=at)
    return draft


def _start(clause: Clause, kind: str, words: str, by: Actor, at: datetime) -> ClauseReport:
    latest = ClauseReport.objects.filter(clause=clause).aggregate(number=Max("number"))["number"]
    try:
        with transaction.atomic():
            return ClauseReport.objects.create(
                service=clause.service,
                clause=clause,
                number=(latest or 0) + 1,
                kind=kind,
                words=words,
                revision=1,
                written_at=at,
                written_by=by.user,
            )
    except IntegrityError:
        raise Refused(WRITTEN_MEANWHILE)


def why_not_issue(report: ClauseReport, *, on: date) -> list[str]:
    """The reasons that keep a report from being frozen; none means that it can be."""
    if report.issued_at:
        return ["Ce bilan est déjà figé."]
    reasons, clause = [], report.clause
    if not report.words.strip():
        reasons.append("Écrivez d’abord ce que les chiffres ne disent pas.")
    waiting = Statement.objects.filter(commitment__clause=clause, status=Statement.Status.SUBMITTED).count()
    if report.kind == ClauseReport.Kind.FINAL:
        end = clause.execution.upper
        if clause.status not in ENDED and (end is None or on < end):
            reasons.append(
                "L’exécution n’est pas finie\u00a0: un bilan final vient après. "
                "Faites un bilan intermédiaire."
            )
        if waiting:
            told = several(waiting, "relevé reçu attend", "relevés reçus attendent")
            reasons.append(f"{told} votre contrôle\u00a0: un bilan final compte toutes les heures.")
    return reasons


@transaction.atomic
def issue_report(report: ClauseReport, *, read: int, by: Actor, at: datetime) -> ClauseReport:
    """Freeze the report with the figures of that day, and tell the buyer and the companies. Raises `Refused`.

    The ledger may be corrected afterwards: this report says what it said.
    """
    on = localtime(at).date()
    # Nobody validates nor counts again meanwhile: see `hold_clause` in uneplace/hours/actions.py.
    clause = Clause.objects.select_for_update(no_key=True).get(pk=report.clause_id)
    if reasons := why_not_issue(report, on=on):
        raise Refused(*reasons)
    figures = figures_of(clause, on=on)
    rows = ClauseReport.objects.filter(pk=report.pk, revision=read, issued_at=None).update(
        figures=figures,
        checksum=checksum_of(figures, report.words, report.kind),
        issued_at=at,
        issued_by=by.user,
    )
    if not rows:
        raise Refused(WRITTEN_MEANWHILE)
    report.refresh_from_db()
    record("clausereport.issued", about=report, by=by, at=at, checksum=report.checksum)
    tell_of_report(report)
    return report


def is_sound(report: ClauseReport) -> bool:
    """Whether what is kept of an issued report is what was frozen."""
    return report.checksum == checksum_of(report.figures, report.words, report.kind)
