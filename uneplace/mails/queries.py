from datetime import date, timedelta

from django.db.models import Exists, Model, OuterRef, QuerySet

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .models import Mail

RECENT = timedelta(days=15)


def mails_about(actor: Actor, thing: Model) -> QuerySet[Mail]:
    """What left about a file, newest first; nothing for who is not of its service."""
    about = Mail.objects.filter(about_kind=thing._meta.model_name, about_id=thing.pk)
    return about.visible_to(actor).order_by("-queued_at", "-pk")


def lost_mails(service: Organisation, *, on: date) -> QuerySet[Mail]:
    """Mails of the last fifteen days that did not reach their reader, and to whom none has left since: one
    row a mail, even when it was about several files."""
    left_since = Mail.objects.filter(
        service=service, address_index=OuterRef("address_index"), state=Mail.State.SENT, pk__gt=OuterRef("pk")
    )
    lost = Mail.objects.filter(service=service, state=Mail.State.BOUNCED, ended_at__date__gte=on - RECENT)
    return lost.filter(~Exists(left_since)).order_by("token", "pk").distinct("token")
