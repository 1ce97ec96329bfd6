import re

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from .models import Commune, CpvCode, RomeJob, RomeLabel
from .text import names_in, search_key


def search_communes(text: str, limit: int = 10) -> list[Commune]:
    """Communes by name, postcode, INSEE code, or a name and a postcode; large towns first among equals."""
    words = search_key(text).split()
    name = " ".join(word for word in words if not _is_code(word))
    communes = Commune.objects.all()
    for code in filter(_is_code, words):
        in_postcodes = Q(postcodes__contains=[code]) if len(code) == 5 else Q(departement=code.upper())
        communes = communes.filter(in_postcodes | Q(code_insee=code.upper()))
    if not words:
        return []
    if not name:
        return list(communes.order_by(F("population").desc(nulls_last=True), "pk")[:limit])
    return _best(communes, name, limit, F("population").desc(nulls_last=True))


def search_rome(text: str, limit: int = 10) -> list[RomeJob]:
    """ROME jobs by code, by their own name, or by one of the names under which they are practised.

    Each job carries `found_as`: the label that matched.
    """
    found = {}
    code = re.match(r"\s*([A-Na-n]\d{1,4})\b", text)
    if code:
        for job in RomeJob.objects.filter(code__startswith=code[1].upper()).order_by("code")[:limit]:
            found.setdefault(job, job.label)
    elif key := search_key(text):
        matches = [(job.nearness, job, job.label) for job in _best(RomeJob.objects, key, limit)]
        labels = _best(RomeLabel.objects.select_related("job"), key, limit * 4)
        matches += [
            (0 if key in names_in(label.label) else label.nearness, label.job, label.label)
            for label in labels
        ]
        for _, job, label in sorted(matches, key=lambda match: match[0]):
            found.setdefault(job, label)
    jobs = list(found)[:limit]
    for job in jobs:
        job.found_as = found[job]
    return jobs


def search_cpv(text: str, limit: int = 10) -> list[CpvCode]:
    """CPV codes by the beginning of the code (with or without check digit) or by label, broadest first."""
    if code := re.match(r"\s*(\d{2,8})(?:-\d)?\b", text):
        return list(CpvCode.objects.filter(code__startswith=code[1]).order_by("code")[:limit])
    key = search_key(text)
    breadth = Length(Func(F("code"), Value("0"), function="rtrim"))
    return _best(CpvCode.objects, key, limit, breadth) if key else []


def _is_code(word: str) -> bool:
    return bool(re.fullmatch(r"\d{2,3}|\d[\dab]\d{3}|2[ab]", word))


def _best(things, key: str, limit: int, *order) -> list:
    """Those whose label is `key`, starts with it, has a word that does, contains it, or nearly does."""
    ranked: QuerySet = things.annotate(
        nearness=Case(
            When(search=key, then=Value(0)),
            When(search__startswith=key, then=Value(1)),
            When(search__contains=f" {key}", then=Value(2)),
            When(search__contains=key, then=Value(3)),
            default=Value(4),
            output_field=IntegerField(),
        )
    )
    found = list(
        ranked.filter(search__contains=key).order_by("nearness", *order, Length("search"), "pk")[:limit]
    )
    if found:
        return found
    # Nothing has it as typed: a mistyped letter should not leave the list empty.
    near = ranked.filter(search__trigram_word_similar=key)
    return list(near.order_by("nearness", *order, Length("search"), "pk")[:limit])
