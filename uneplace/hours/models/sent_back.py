"""Since when what is awaited is late: the time that the service takes to read is not its sender's."""

from django.db.models import Case, F, Model, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Greatest, TruncDate

from uneplace.journal.models import Entry


def late_from(sent_back: Q, kind: type[Model], verb: str, sent: str) -> Case:
    """The due day, or the day on which it was sent back when that comes later.

    `sent_back` says which are, `verb` is the act that sends back, and `sent` the moment of the last sending,
    read when no act tells more.
    """
    acts = Entry.objects.filter(about_kind=kind._meta.model_name, about_id=OuterRef("pk"), verb=verb)
    last = Subquery(acts.order_by("-at").values("at")[:1])
    since = Greatest(F("due_on"), TruncDate(Coalesce(last, F(sent))))
    return Case(When(sent_back, then=since), default=F("due_on"))
