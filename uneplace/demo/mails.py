"""The mails that left with the files transmitted to companies, one of which came back."""

from datetime import datetime, timedelta

from uneplace.mails.bounces import reason_of
from uneplace.mails.models import Mail
from uneplace.offers.models import Transmission
from uneplace.organisations.models import Organisation
from uneplace.rules.french import several

RECENT = timedelta(days=30)
LEFT_AFTER = timedelta(minutes=1)


def write_mails(service: Organisation, *, at: datetime) -> None:
    """One row a mail of the last month; the last of them did not find its reader."""
    sent = Transmission.objects.filter(service=service, sent_at__gte=at - RECENT)
    files: dict[tuple, int] = {}
    for one in sent.select_related("application__job_sheet").order_by("sent_at", "pk"):
        for address in one.sent_to:
            key = (one.sent_at, one.application.job_sheet, address)
            files[key] = files.get(key, 0) + 1
    rows = [
        Mail(
            service=service,
            token=f"demonstration-{number}",
            about_kind=sheet._meta.model_name,
            about_id=sheet.pk,
            address=address,
            subject=f"{several(count, 'dossier', 'dossiers')} pour «\u00a0{sheet.title}\u00a0»",
            state=Mail.State.SENT,
            ended_at=sent_at + LEFT_AFTER,
        )
        for number, ((sent_at, sheet, address), count) in enumerate(files.items())
    ]
    if not rows:
        return
    rows[-1].state, rows[-1].reason = Mail.State.BOUNCED, reason_of("5.2.2")
    Mail.objects.bulk_create(rows)
    for row, (sent_at, _, _) in zip(rows, files, strict=True):
        row.queued_at = sent_at
    Mail.objects.bulk_update(rows, ["queued_at"])
