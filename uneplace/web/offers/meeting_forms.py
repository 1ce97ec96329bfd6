from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime, make_aware

from uneplace.offers.actions import DURATIONS, MOST_SLOTS
from uneplace.offers.models import Application
from uneplace.web.fields import DayField
from uneplace.web.templatetags.ui import day_words

RANKS = range(1, MOST_SLOTS + 1)
LARGEST = 2**15  # of a column of small numbers


class HourField(forms.TimeField):
    """An hour, on the phone's clock."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": "Écrivez une heure comme 9:30.", "required": "Indiquez l’heure."}


class MeetingForm(forms.Form):
    """Up to three moments to meet, and where; `read` says which proposals the page showed."""

    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    day_1, hour_1 = DayField(label="Jour"), HourField(label="Heure")
    day_2, hour_2 = DayField(label="Jour", required=False), HourField(label="Heure", required=False)
    day_3, hour_3 = DayField(label="Jour", required=False), HourField(label="Heure", required=False)
    minutes = forms.TypedChoiceField(
        label="Durée", choices=[(one, f"{one}\u00a0minutes") for one in DURATIONS], coerce=int, initial=30
    )
    place = forms.CharField(
        label="Lieu", help_text="L’adresse, et la personne à demander.", max_length=200, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A day has an hour, and an hour a day."""
        cleaned = super().clean()
        for rank in RANKS[1:]:
            day, hour = cleaned.get(f"day_{rank}"), cleaned.get(f"hour_{rank}")
            if day and hour is None and f"hour_{rank}" not in self.errors:
                self.add_error(f"hour_{rank}", "Indiquez l’heure.")
            if hour is not None and not day and f"day_{rank}" not in self.errors:
                self.add_error(f"day_{rank}", "Indiquez la date.")
        return cleaned

    def clean_read(self) -> int | None:
        """A number that no page wrote is none."""
        read = self.cleaned_data["read"]
        return read if read is not None and read < LARGEST else None

    def show_again(self, application: Application) -> None:
        """What is proposed now is read: what was typed may then be sent again, and takes its place."""
        self.data = {**self.data.dict(), "read": str(application.meeting_revision)}

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each moment as the page shows it: its day and its hour."""
        return [(self[f"day_{rank}"], self[f"hour_{rank}"]) for rank in RANKS]

    @property
    def terms(self) -> dict[str, Any]:
        """What the action takes; the moments are in Paris."""
        given = self.cleaned_data
        slots = [
            make_aware(datetime.combine(given[f"day_{rank}"], given[f"hour_{rank}"]), get_current_timezone())
            for rank in RANKS
            if given.get(f"day_{rank}")
        ]
        return {"slots": slots, "minutes": given["minutes"], "place": given["place"]}


class MomentField(forms.TypedChoiceField):
    """One of several moments, as the page writes them for the machine."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=datetime.fromisoformat, **options)

    def in_words(self, sent: str) -> str:
        """A moment that a browser sent, in words; as it came when it is none."""
        try:
            return words_of(datetime.fromisoformat(sent))
        except ValueError:
            return sent


class AcceptForm(forms.Form):
    """One of the moments that the other side proposed."""

    slot = MomentField(
        label="Quel moment convient\u00a0?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez un moment, ou proposez-en d’autres.",
            "invalid_choice": "Ce moment n’est plus proposé\u00a0: choisissez parmi ceux-ci.",
        },
    )

    def __init__(self, data=None, *, application: Application):
        super().__init__(data)
        self.fields["slot"].choices = [(at.isoformat(), words_of(at)) for at in application.meeting_slots]


def words_of(at: datetime) -> str:
    """« mardi 17 février à 9 h 30 »."""
    local = localtime(at)
    clock = f"{local.hour}\u00a0h\u00a0{local.minute:02}" if local.minute else f"{local.hour}\u00a0h"
    return f"{day_words(local, 'weekday')} à {clock}"
