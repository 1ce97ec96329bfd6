import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.rules.french import day

from .actor import Actor, Oneself
from .mails import invitation_link, send_invitation, send_security_notice
from .models import Capacity, Invitation, Membership, Organisation, Role, User
from .partnerships import approve_partner, ask_others_again, is_held_elsewhere
from .queries import administrators_of, hash_of, is_partner, user_with
from .sessions import end_sessions

INVITATION_LIFE = timedelta(days=14)
TAKEN = "Quelqu’un vient d’utiliser cette invitation."


@transaction.atomic
def find_or_create_by_siret(
    siret: str,
    *,
    name: str = "",
    capacities: Iterable[str],
    kind: str = "",
    email: str = "",
    by: Actor,
    at: datetime,
) -> Organisation:
    """The organisation of this SIRET (14 digits), which holds at least these capacities afterwards.

    What is already known of it is kept; a name or an address fills a blank. No capacity of facilitator is
    ever given here: see `open_service`.
    """
    wanted = set(capacities) - {Capacity.FACILITATOR}
    organisation = Organisation.objects.select_for_update().filter(siret=siret).first()
    if organisation is None:
        try:
            with transaction.atomic():
                organisation = Organisation.objects.create(
                    siret=siret, name=name, capacities=sorted(wanted), kind=kind, email=email
                )
        except IntegrityError:  # somebody else created it meanwhile
            organisation = Organisation.objects.select_for_update().get(siret=siret)
        else:
            record("organisation.created", about=organisation, by=by, at=at, capacities=sorted(wanted))
            return organisation
    given = wanted - set(organisation.capacities)
    blanks = {
        field: value
        for field, value in {"name": name, "kind": kind, "email": email}.items()
        if value and not getattr(organisation, field)
    }
    if (given or blanks) and is_held_elsewhere(organisation, service=by.organisation):
        # Its people and its mail are known to another service: this one writes to nobody in its name, and
        # makes no lender of an organisation that companies must not hear of.
        blanks.pop("email", None)
        if Capacity.INSERTION_EMPLOYER in given:
            raise Refused(
                f"{organisation} travaille déjà avec un autre service, sans employer en insertion\u00a0: "
                "ce rôle ne peut pas lui être donné d’ici."
            )
    if given or blanks:
        for field, value in blanks.items():
            setattr(organisation, field, value)
        organisation.capacities = sorted({*organisation.capacities, *given})
        organisation.save()
        record(
            "organisation.completed",
            about=organisation,
            by=by,
            at=at,
            capacities=sorted(given),
            fields=sorted(blanks),
        )
    return organisation


@transaction.atomic
def open_service(*, name: str, siret: str, email: str, at: datetime) -> tuple[Organisation, str]:
    """Open a facilitator's service and invite its first administrator; answers it with the link."""
    if Organisation.objects.facilitators().filter(siret=siret).exists():
        raise Refused("Un service porte déjà ce SIRET.")
    service, is_new = Organisation.objects.get_or_create(
        siret=siret, defaults={"name": name, "capacities": [Capacity.FACILITATOR]}
    )
    if not is_new:
        service.name = service.name or name
        service.capacities = sorted({*service.capacities, Capacity.FACILITATOR})
        service.save()
    by = Actor(None, service)
    record("service.opened", about=service, by=by, at=at)
    _, token = _invite(service, email, Role.ADMIN, by, at, about=None)
    return service, invitation_link(token)


def why_not_invite(organisation: Organisation, email: str, *, by: Actor) -> list[str]:
    """The reasons that keep this address from being invited; none means that it can be."""
    reasons = []
    if organisation.memberships.current().filter(user__email__iexact=email).exists():
        reasons.append("Cette personne appartient déjà à l’organisation.")
    elif not by.stands_for(organisation.pk) and not _may_bring_back(organisation, by):
        reasons.append(
            f"{organisation} a déjà un compte\u00a0: c’est à ses administratrices et administrateurs "
            "d’inviter leurs collègues."
        )
    return reasons


def _may_bring_back(organisation: Organisation, by: Actor) -> bool:
    """Whether nobody of it can sign in; or nobody administers it any more, and the service works with it."""
    if not organisation.has_account:
        return True
    return not administrators_of([organisation.pk]) and is_partner(organisation, by.organisation)


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    email: str,
    role: str = Role.ADMIN,
    by: Actor,
    at: datetime,
    about: Model | None = None,
) -> Invitation:
    """Send somebody a link to join an organisation; it works for fourteen days, once.

    `about` is what the organisation is invited for, named in the mail. An earlier link sent to the same
    address stops working. A service that invites an organisation lets it into its file.
    """
    email = email.strip().lower()
    if reasons := why_not_invite(organisation, email, by=by):
        raise Refused(*reasons)
    if by.is_facilitator and not by.stands_for(organisation.pk):
        approve_partner(organisation, by=by, at=at)
    invitation, _ = _invite(organisation, email, role, by, at, about)
    return invitation


def _invite(organisation, email, role, by, at, about) -> tuple[Invitation, str]:
    organisation.invitations.open(at=at).filter(email__iexact=email).update(expires_at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token_hash=hash_of(token),
        invited_by=by.user,
        through=None if by.stands_for(organisation.pk) else by.organisation,
        created_at=at,
        expires_at=at + INVITATION_LIFE,
    )
    record("invitation.sent", about=invitation, by=by, at=at, role=role)
    send_invitation(invitation, token, about=about)
    return invitation, token


@transaction.atomic
def add_partner(
    *, siret: str, name: str, kind: str, capacities: Iterable[str], email: str, by: Actor, at: datetime
) -> tuple[Organisation, Invitation | None]:
    """Bring an organisation into the chain and let it into the file of one's service; its first person is
    invited when an address is given and nobody of it can sign in yet."""
    organisation = find_or_create_by_siret(
        siret, name=name, capacities=capacities, kind=kind, email=email, by=by, at=at
    )
    if not by.stands_for(organisation.pk):
        approve_partner(organisation, by=by, at=at)
    if not email or why_not_invite(organisation, email, by=by):
        return organisation, None
    return organisation, invite(organisation, email=email, by=by, at=at)


@transaction.atomic
def cancel_invitation(invitation: Invitation, *, by: Actor, at: datetime) -> None:
    """Make a link stop working before its time."""
    rows = Invitation.objects.open(at=at).filter(pk=invitation.pk)
    if not rows.update(expires_at=at):
        raise Refused("Cette invitation n’est plus valable.")
    record("invitation.cancelled", about=invitation, by=by, at=at)


def why_not_accept(invitation: Invitation, *, user: User | None, at: datetime) -> list[str]:
    """The reasons that keep this person, or a newcomer, from accepting; none means that it can be done."""
    if invitation.accepted_at is not None:
        return [f"Cette invitation a déjà servi, le {day(localtime(invitation.accepted_at).date())}."]
    if not invitation.is_open(at):
        return [
            f"Cette invitation n’est plus valable depuis le {day(localtime(invitation.expires_at).date())}."
        ]
    if user is None:
        return []
    reasons = []
    if user.email.lower() != invitation.email.lower():
        reasons.append(
            f"Cette invitation est adressée à {invitation.email}, et le compte ouvert ici est {user.email}."
        )
    if user.memberships.current().filter(organisation=invitation.organisation_id).exists():
        reasons.append(f"Vous appartenez déjà à {invitation.organisation}.")
    return reasons


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user: User, at: datetime) -> Membership:
    """Join the organisation with an account that one already has."""
    if reasons := why_not_accept(invitation, user=user, at=at):
        raise Refused(*reasons)
    return _join(invitation, user, at)


@transaction.atomic
def accept_as_newcomer(
    invitation: Invitation, *, first_name: str, last_name: str, password: str, at: datetime
) -> Membership:
    """Open an account for the address invited, and join the organisation."""
    if reasons := why_not_accept(invitation, user=None, at=at):
        raise Refused(*reasons)
    _lock(invitation)
    if user_with(invitation.email):
        raise Refused("Cette adresse a déjà un compte\u00a0: connectez-vous pour accepter l’invitation.")
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email, password, first_name=first_name, last_name=last_name
            )
            # Whoever opened the link reads the mail of this address.
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError:  # another invitation to the same address has just been accepted
        raise Refused("Cette adresse a déjà un compte\u00a0: connectez-vous pour accepter l’invitation.")
    return _join(invitation, user, at)


def _lock(invitation: Invitation) -> None:
    # The second of two people opening the same link waits here, then reads that it has served.
    if not Invitation.objects.select_for_update().filter(pk=invitation.pk, accepted_at=None).exists():
        raise Refused(TAKEN)


def _join(invitation: Invitation, user: User, at: datetime) -> Membership:
    rows = Invitation.objects.open(at=at).filter(pk=invitation.pk)
    if not rows.update(accepted_at=at, accepted_by=user):
        raise Refused(TAKEN)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                user=user, organisation=invitation.organisation, role=invitation.role, started_at=at
            )
    except IntegrityError:  # another invitation has just been accepted
        raise Refused(f"Vous appartenez déjà à {invitation.organisation}.")
    joined = Actor(user, invitation.organisation, invitation.role)
    record("invitation.accepted", about=invitation, by=joined, at=at, role=invitation.role)
    if invitation.through is not None:
        ask_others_again(invitation.organisation, than=invitation.through, by=joined, at=at)
    return membership


@transaction.atomic
def set_password(user: User, password: str, *, at: datetime, keep: str | None = None) -> None:
    """Keep a new password, chosen by its owner; every session ends but the one of the key `keep`."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user, keep=keep)
    record("user.password_set", about=user, by=Oneself(user), at=at)
    send_security_notice(user, f"Le mot de passe de votre compte {user.email} vient d’être changé.")


@transaction.atomic
def rename(user: User, *, first_name: str, last_name: str, at: datetime) -> None:
    """Change how somebody is called."""
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])
    record("user.renamed", about=user, by=Oneself(user), at=at)
