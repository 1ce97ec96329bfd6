"""Who sees which rows: one declaration a model, read by its queryset and by the page on security."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Q

from .actor import Actor
from .models import AccessLink, Capacity, Organisation


@dataclass(frozen=True)
class Sight:
    """What organisations of some capacities see of a kind of thing: in French words, and as a condition."""

    capacities: tuple[str, ...]
    words: str
    condition: Callable[[Organisation], Q]


def of_its_own_service(words: str) -> Sight:
    """A facilitator sees what its service holds."""
    return Sight((Capacity.FACILITATOR,), words, lambda me: Q(service=me))


class SeenByQuerySet(models.QuerySet):
    """Rows that each kind of actor sees a part of, and only in the files of the services it works with."""

    sights: tuple[Sight, ...] = ()

    def visible_to(self, actor: Actor):
        """The rows that this actor may know of; the first question of every page."""
        seen = Q(pk__in=[])
        for sight in self.sights:
            if actor.can(*sight.capacities):
                seen |= sight.condition(actor.organisation)
        if actor.link is not None:
            seen &= self.opened_by(actor.link)
        return self.filter(seen, service__in=actor.services)

    def opened_by(self, link: AccessLink) -> Q:
        """What a link lets its organisation see of these rows: none, unless the kind of thing says so."""
        return Q(pk__in=[])


def declared_sights() -> list[tuple[type[models.Model], tuple[Sight, ...]]]:
    """Each kind of thing that declares who sees it, in the order of the domains."""
    return [
        (model, model._default_manager.none().sights)
        for model in apps.get_models()
        if isinstance(model._default_manager.none(), SeenByQuerySet)
    ]
