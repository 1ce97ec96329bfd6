"""Who may reach a route at all. Default deny: a view that declares nothing answers nobody.

What an actor sees inside a route is the querysets' affair (`visible_to`), what it may do there `perms`'. Each
view runs in one transaction, in which the database shows the files of the services that the actor works with,
and no other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from uneplace.kit.history import changes_by
from uneplace.kit.scope import working_with
from uneplace.organisations.actor import Actor, actor_of
from uneplace.organisations.links import actor_by
from uneplace.organisations.models import Membership
from uneplace.web.doors.sessions import enter_by_link, live_link
from uneplace.web.gate import gate
from uneplace.web.sessions import to_sign_in

SESSION_KEY = "organisation"


@dataclass(frozen=True)
class Access:
    """What a route asks of who comes: nothing (`public`), an account, or one of some capacities."""

    public: bool = False
    actor: bool = True
    capacities: frozenset[str] = field(default_factory=frozenset)
    entering: bool = False  # the second factor is not proved yet: see gate.py
    link: bool = False  # a session started by a link sent by e-mail, whoever else is signed in
    or_link: bool = False  # an account, else such a session


def _declare(declared: Access) -> Callable:
    def decorate(view):
        @wraps(view)
        def within_scope(request, *args, **kwargs):
            if request.actor is None or getattr(view, "own_transactions", False):
                return view(request, *args, **kwargs)
            services = request.actor.services
            with changes_by(**_author(request)), working_with(services):
                response = view(request, *args, **kwargs)
            if response.streaming:
                response.streaming_content = _streamed(response.streaming_content, services)
            return response

        within_scope.access = declared
        return within_scope

    return decorate


def _author(request: HttpRequest) -> dict[str, str | int | None]:
    """Who changes what is changed meanwhile, as the history of each row keeps it."""
    actor: Actor = request.actor
    return {
        "user": actor.user.pk if actor.user else None,
        "organisation": actor.organisation.pk,
        "request": uuid4().hex,
    }


def _streamed(content: Iterable[bytes], services: Iterable[int]) -> Iterator[bytes]:
    # What is streamed is read from the database once the view has answered.
    with working_with(services):
        yield from content


class access:
    """Decorators by which a view declares its access."""

    public = staticmethod(_declare(Access(public=True, actor=False)))
    """Anyone, signed in or not."""

    account = staticmethod(_declare(Access(actor=False)))
    """Anyone signed in, even without an organisation to work for."""

    entering = staticmethod(_declare(Access(actor=False, entering=True)))
    """Anyone signed in, even before the second factor: the pages that set it up and prove it."""

    signed_in = staticmethod(_declare(Access()))
    """Anyone who works as an organisation."""

    by_link = staticmethod(_declare(Access(link=True)))
    """An organisation without account, come by a link: for the one thing that the link is about."""

    signed_in_or_by_link = staticmethod(_declare(Access(or_link=True)))
    """Anyone who works as an organisation, with an account or by a link: for what is nobody's file."""

    @staticmethod
    def own_transactions(view):
        """The view commits by itself: a guess stays counted whatever happens next."""
        view.own_transactions = True
        return view

    @staticmethod
    def capacity(*capacities: str):
        """Who works as an organisation that holds one of these capacities."""
        return _declare(Access(capacities=frozenset(capacities)))


def require(condition: bool) -> None:
    """The second question: entitled? Raises PermissionDenied (403) when not."""
    if not condition:
        raise PermissionDenied


def current_actor(request: HttpRequest) -> Actor | None:
    """The actor of the session: the chosen organisation, else the only or the first one."""
    if not request.user.is_authenticated:
        return None
    memberships = list(
        Membership.objects.current()
        .filter(user=request.user)
        .select_related("organisation", "user")
        .order_by("started_at", "pk")
    )
    chosen = request.session.get(SESSION_KEY)
    memberships.sort(key=lambda membership: membership.organisation_id != chosen)
    return actor_of(memberships[0]) if memberships else None


class AccessMiddleware:
    """Sets `request.actor` and holds what each view declares.

    `request.gated` is where the second factor is set up or proved, for whoever must do so first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.gated = None, None
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        declared: Access | None = getattr(view, "access", None)
        if declared is None:
            raise PermissionDenied
        if declared.link:
            return enter_by_link(request, at=timezone.now())  # noqa: TID251 - a request happens now
        request.actor = current_actor(request)
        if request.user.is_authenticated and not declared.entering:
            request.gated = gate(request)
        if declared.public:
            if request.gated:  # as a visitor, until the second factor is proved
                request.actor = None
            return None
        if not request.user.is_authenticated:
            if declared.or_link and (link := live_link(request, at=timezone.now())):  # noqa: TID251
                request.actor = actor_by(link)
                return None
            return to_sign_in(request)
        if declared.actor and request.actor is None:
            raise PermissionDenied
        if declared.capacities and not request.actor.can(*declared.capacities):
            raise PermissionDenied
        return request.gated
