from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from uneplace.people.abilities import Licence, Schedule, Travel
from uneplace.people.models import Participant
from uneplace.people.profiles import Profile
from uneplace.people.work_profile import LONGEST_JOURNEY_KM
from uneplace.web.fields import DayField, HoursField
from uneplace.web.reference.fields import RomeField
from uneplace.web.shared_forms import SharedForm

MOST_TRADES = 6
LEGAL_WEEK = Decimal(48)
LIFE_MONTHS = 720


class ProfileForm(SharedForm):
    """What a person can do and accept for a job. What is left empty stays unknown."""

    read_at = forms.CharField(widget=forms.HiddenInput, required=False)
    licences = forms.MultipleChoiceField(
        label="Permis et habilitations",
        choices=Licence.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    schedules = forms.MultipleChoiceField(
        label="Horaires que la personne accepte, en plus de la journée",
        choices=Schedule.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    travel = forms.ChoiceField(
        label="Comment elle va au travail", choices=[("", "Non renseigné"), *Travel.choices], required=False
    )
    travel_km = forms.IntegerField(
        label="Trajet le plus long",
        help_text="À vol d’oiseau, d’une commune à l’autre.",
        min_value=1,
        max_value=LONGEST_JOURNEY_KM,
        required=False,
    )
    available_from = DayField(label="Disponible à partir du", required=False)
    weekly_hours_max = HoursField(label="Heures par semaine, au plus", max_hours=LEGAL_WEEK, required=False)

    def __init__(self, data=None, *, participant: Participant):
        trades = list(participant.trades.select_related("rome"))
        names = [name for name in self.base_fields if name not in ("read_at", "was")]
        initial = {name: getattr(participant, name) for name in names}
        read_at = participant.profiled_at
        initial["read_at"] = read_at.isoformat() if read_at else ""
        for rank, trade in enumerate(trades):
            initial |= {f"trade_{rank}": trade.rome, f"months_{rank}": trade.months}
        super().__init__(data, initial=initial)
        for rank in range(max(MOST_TRADES, len(trades))):
            self.fields[f"trade_{rank}"] = RomeField(label=f"Métier {rank + 1}", required=False)
            self.fields[f"months_{rank}"] = forms.IntegerField(
                label="Mois d’expérience", min_value=0, max_value=LIFE_MONTHS, required=False
            )
        self.ranks = range(max(MOST_TRADES, len(trades)))

    @property
    def trade_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each trade with its months, in order."""
        return [(self[f"trade_{rank}"], self[f"months_{rank}"]) for rank in self.ranks]

    def clean_weekly_hours_max(self):
        """Empty is unknown; nobody works zero hour."""
        hours = self.cleaned_data["weekly_hours_max"]
        if hours is not None and not hours:
            raise ValidationError("Écrivez un nombre d’heures entre 1 et 48, par exemple 35.")
        return hours

    def clean(self):
        """Each trade once; months go with a trade."""
        cleaned = super().clean()
        seen: set[str] = set()
        for rank in self.ranks:
            trade, months = cleaned.get(f"trade_{rank}"), cleaned.get(f"months_{rank}")
            if trade and trade.pk in seen:
                self.add_error(f"trade_{rank}", "Ce métier est déjà dans la liste.")
            elif trade:
                seen.add(trade.pk)
            elif months is not None and f"trade_{rank}" not in self.errors:
                self.add_error(f"trade_{rank}", "Indiquez le métier de cette expérience.")
        return cleaned

    @property
    def profile_read_at(self) -> datetime | None:
        """When the profile that was read had been filled in."""
        try:
            return parse_datetime(self.cleaned_data["read_at"])
        except ValueError:
            return None

    @property
    def profile(self) -> Profile:
        """What the action takes."""
        given: dict[str, Any] = self.cleaned_data
        same = ("travel", "travel_km", "available_from", "weekly_hours_max")
        return Profile(
            licences=tuple(given["licences"]),
            schedules=tuple(given["schedules"]),
            trades={
                given[f"trade_{rank}"].pk: given[f"months_{rank}"]
                for rank in self.ranks
                if given[f"trade_{rank}"]
            },
            **{name: given[name] for name in same},
        )
