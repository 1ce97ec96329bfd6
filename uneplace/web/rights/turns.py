from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from uneplace.organisations.actor import Actor
from uneplace.rights.models import RightsRequest
from uneplace.web.turns import Turn, Whose


def turn_of(requests: Sequence[RightsRequest], actor: Actor, *, on: date) -> Turn | None:
    """Who acts next on what a person asked: the service answers, before the legal term."""
    waiting = sorted((one for one in requests if one.is_open), key=lambda one: (one.due_on, one.pk))
    if not waiting:
        return None
    first = waiting[0]
    what = first.get_kind_display().lower()
    if actor.serves(first):
        return Turn(
            Whose.LATE if first.is_late(on) else Whose.MINE,
            f"C’est à vous\u00a0: répondre à la personne ({what})",
            holder=str(actor.user),
            before=first.due_on,
            verb="Répondre",
            url=reverse("rights:answer", args=[first.pk]) if actor.writes else "",
        )
    return Turn(
        Whose.OTHER,
        f"Au tour de {first.service}\u00a0: répondre à la personne ({what})",
        holder=str(first.service),
        before=first.due_on,
    )
