"""To whom a mail for an organisation goes."""

from .models import Membership, Organisation


def addresses_of(organisation: Organisation) -> list[str]:
    """The addresses of those who can sign in for it; without any, the organisation's own."""
    members = (
        Membership.objects.current()
        .filter(organisation=organisation, user__is_active=True)
        .order_by("user__email")
        .values_list("user__email", flat=True)
    )
    return list(members) or ([organisation.email] if organisation.email else [])
