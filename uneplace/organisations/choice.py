from collections.abc import Sequence

from django.db.models import Q

from uneplace.kit.refused import Refused

from .models import Organisation

INVENTED = "000"
"""What the SIRET of an invented organisation starts with: a range that is given to nobody."""


def chosen_service(named: str | None) -> Organisation:
    """The service that a command works for: the one named by its SIRET or its name.

    Left out, it is the only one, else the demo's, the only one that is invented.
    """
    services = Organisation.objects.facilitators().order_by("pk")
    if named:
        digits = named.replace(" ", "")
        found = list(services.filter(Q(siret=digits) | Q(name__iexact=named.strip()))[:2])
        if len(found) != 1:
            raise Refused(f"Aucun service facilitateur ne répond à « {named} ». {_listed(services)}")
        return found[0]
    if len(services) == 1:
        return services[0]
    invented = [service for service in services if service.siret and service.siret.startswith(INVENTED)]
    if len(invented) == 1:
        return invented[0]
    if not services:
        raise Refused(
            "Il n’y a pas encore de service facilitateur : « uneplace create_service » en ouvre un."
        )
    raise Refused(f"Précisez le service avec --service. {_listed(services)}")


def _listed(services: Sequence[Organisation]) -> str:
    names = ", ".join(f"{service} ({service.identifier})" for service in services[:10])
    return f"Services connus : {names}." if names else "Il n’y en a pas encore."
