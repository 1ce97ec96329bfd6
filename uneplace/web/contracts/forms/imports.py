"""Files of award data."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError

from uneplace.contracts.decp import MAX_MEGABYTES

EXTENSIONS = (".json", ".xml")
MOST_FILES = 20


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files of award data; what they hold is read afterwards."""

    widget = FilesInput

    def clean(self, data, initial=None):
        """The files, each of a kind and a size that are accepted."""
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > MOST_FILES:
            raise ValidationError(f"Envoyez {MOST_FILES} fichiers au plus à la fois.")
        return [self._checked(super(FilesField, self).clean(file, initial)) for file in files or [None]]

    def _checked(self, file):
        if PurePath(file.name).suffix.lower() not in EXTENSIONS:
            raise ValidationError(f"«\u00a0{file.name}\u00a0» n’est ni un fichier .json ni un fichier .xml.")
        if file.size > MAX_MEGABYTES * 1024 * 1024:
            raise ValidationError(f"«\u00a0{file.name}\u00a0» dépasse {MAX_MEGABYTES}\u00a0Mo.")
        return file


class ImportForm(forms.Form):
    """What the facilitator sends to be imported."""

    files = FilesField(
        label="Fichiers de données essentielles",
        help_text=(
            f"JSON ou XML, {MAX_MEGABYTES}\u00a0Mo au plus chacun\u00a0; {MOST_FILES} fichiers au plus, "
            "60\u00a0Mo en tout."
        ),
        error_messages={
            "required": "Choisissez un fichier JSON ou XML de données essentielles.",
            "empty": "Ce fichier est vide. Vérifiez-le, puis choisissez-le de nouveau.",
            "invalid": "Choisissez un fichier JSON ou XML de données essentielles.",
        },
    )
