"""Every route of the site, found by walking the resolver."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """One route: its name, its view, and the converters of its arguments."""

    name: str
    view: object
    converters: dict = field(default_factory=dict, hash=False)

    @property
    def access(self):
        """What the view declares; None when it declares nothing."""
        return getattr(self.view, "access", None)

    def url(self, **given) -> str:
        """Its address, with an id that belongs to nobody where none is given."""
        arguments = {
            name: given.get(name, _foreign(converter)) for name, converter in self.converters.items()
        }
        return reverse(self.name, kwargs=arguments)


def _foreign(converter):
    if type(converter).__name__ == "IntConverter":
        return 987654321
    if type(converter).__name__ == "UUIDConverter":
        return "00000000-0000-4000-8000-000000000000"
    return "inconnu"


def all_routes() -> list[Route]:
    """All of them, by name."""
    return sorted(_walk(get_resolver(), "", {}), key=lambda route: route.name)


def _walk(resolver: URLResolver, namespace: str, converters: dict) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        here = converters | pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, here)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}", pattern.callback, here)
