from django.core.management.base import BaseCommand

from uneplace.organisations.models import Capacity
from uneplace.organisations.visibility import declared_sights

TITLE = """\
# Qui voit quoi

Cette page est tirée du code (`uneplace who_sees_what > docs/securite/qui-voit-quoi.md`) ; un test refuse
qu’elle s’en écarte. Une organisation ne voit que dans le dossier des services qui l’ont admise, et là,
seulement ce qui suit. Ce que l’on ne voit pas répond « introuvable » (404), comme ce qui n’existe pas.

"""


def page() -> str:
    """The table of who sees which things, as the querysets declare it, in Markdown."""
    head = ["Chose", *(capacity.label for capacity in Capacity)]
    lines = [head, ["---"] * len(head)]
    for model, sights in declared_sights():
        cells = []
        for capacity in Capacity:
            words = [sight.words for sight in sights if capacity in sight.capacities]
            cells.append(" ; ".join(words) or "–")
        lines.append([_capital(str(model._meta.verbose_name)), *cells])
    return TITLE + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class Command(BaseCommand):
    help = "Imprime la table de qui voit quoi, telle que le code la tient."

    def handle(self, *args, **options):
        self.stdout.write(page(), ending="")
