"""What a job sheet asks for, written beside what was asked before."""

from collections.abc import Iterable
from dataclasses import dataclass

from uneplace.kit.refused import Refused
from uneplace.offers.models import Criterion, JobSheet
from uneplace.people.abilities import Licence
from uneplace.rules.french import listed

Kind = Criterion.Kind


@dataclass(frozen=True)
class Asked:
    """One thing that a job asks for: how much it weighs, of what kind, and which licence or which words."""

    weight: str
    kind: str = Kind.TEXT
    licence: str = ""
    text: str = ""

    def words(self, sheet: JobSheet) -> str:
        """How the criterion reads, for the sheet it stands on."""
        if self.kind == Kind.LICENCE:
            return str(Licence(self.licence).label)
        if self.kind == Kind.TRADE:
            return f"Connaître le métier\u00a0: {sheet.rome.label}"[:150]
        if self.kind == Kind.SCHEDULE:
            hours = listed([hour.lower() for hour in sheet.in_words["schedules"]])
            return f"Accepter de travailler {hours}"
        if self.kind == Kind.TRAVEL:
            return f"Pouvoir venir à {sheet.commune.name}"
        return self.text


def write_criteria(sheet: JobSheet, asked: Iterable[Asked]) -> None:
    """Write what the sheet asks for now. What it asked for already keeps its row, and so its answers; what it
    asks for no more is dropped from this revision on."""
    asked = list(asked)
    if any(one.kind == Kind.SCHEDULE for one in asked) and not sheet.schedules:
        raise Refused("Dites d’abord quels horaires particuliers a ce poste.")
    known = {_key(one.kind, one.licence, one.text): one for one in sheet.criteria.all()}
    new = []
    for rank, one in enumerate(asked):
        words = one.words(sheet)
        criterion = known.pop(_key(one.kind, one.licence, words), None)
        if criterion is None:
            new.append(
                Criterion(
                    service=sheet.service,
                    job_sheet=sheet,
                    weight=one.weight,
                    kind=one.kind,
                    licence=one.licence,
                    text=words,
                    rank=rank,
                )
            )
        elif (criterion.weight, criterion.rank) != (one.weight, rank):
            criterion.weight, criterion.rank = one.weight, rank
            criterion.save(update_fields=["weight", "rank"])
    dropped = Criterion.objects.filter(pk__in=[one.pk for one in known.values()])
    dropped.filter(answers=None).delete()
    dropped.update(dropped_at_revision=sheet.revision)
    Criterion.objects.bulk_create(new)


def _key(kind: str, licence: str, text: str) -> tuple[str, str]:
    return (kind, licence or text)
