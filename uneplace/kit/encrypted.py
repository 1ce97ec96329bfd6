"""Columns whose content is sealed (`kit/crypto.py`): read and written as plain values, kept unreadable.

Whether a value is there stays visible: nothing is kept as an empty text, which conditions may ask for. The
content itself can be neither searched, sorted nor counted by the database; a `BlindIndexField` beside it
answers « who has exactly this? ».
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import Exact

from .crypto import INDEX_SIZE, STEP, blind_index, blind_indexes, seal, unseal


class EncryptedTextField(models.TextField):
    """A text sealed for its table and column.

    `context` is set by the model: a copy of the field in another table (history) still opens. `step` is in
    bytes: a column whose length would tell its content has a large one.
    """

    def __init__(self, *args: Any, context: str = "", step: int = STEP, **options: Any) -> None:
        self.context, self.step = context, step
        super().__init__(*args, **options)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not self.context and not cls._meta.abstract:
            self.context = f"{cls._meta.db_table}.{self.column}"

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, arguments, options = super().deconstruct()
        own = {"context": self.context, "step": self.step}
        usual = {"context": "", "step": STEP}
        return name, path, arguments, options | {key: own[key] for key in own if own[key] != usual[key]}

    def as_text(self, value: Any) -> str:
        """The text to seal; empty when there is nothing to hide."""
        return value or ""

    def as_value(self, text: str) -> Any:
        """What `as_text` was given."""
        return text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self.opened(value)

    def opened(self, sealed: str) -> Any:
        """The value of a sealed text, as the database keeps it. Raises `Unreadable`."""
        return self.as_value(unseal(sealed, self.context))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return value
        return seal(self.as_text(value), self.context, self.step)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "isnull"} else None

    def get_transform(self, lookup_name: str) -> None:
        return None


@EncryptedTextField.register_lookup
class IsEmpty(Exact):
    """The one thing that may be asked of a sealed column: whether it is empty."""

    def get_prep_lookup(self) -> Any:
        if hasattr(self.rhs, "as_sql") or self.lhs.output_field.as_text(self.rhs):
            raise FieldError("A sealed column is only compared with nothing: search by its blind index.")
        return ""


class EncryptedJSONField(EncryptedTextField):
    """A list or a dictionary, sealed; an empty one is kept as nothing and read as the default."""

    def as_text(self, value: Any) -> str:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False) if value else ""

    def as_value(self, text: str) -> Any:
        return json.loads(text) if text else self.get_default()


def normal_email(text: str) -> str:
    """An e-mail address as it is compared."""
    return text.strip().casefold() if "@" in text else ""


def normal_phone(text: str) -> str:
    """A phone number as it is compared: its digits, the French code written 0."""
    digits = re.sub(r"^(00|\+)33(\(0\))?", "0", re.sub(r"[\s.\-/]", "", text))
    return digits if re.fullmatch(r"\+?\d{6,15}", digits) else ""


class BlindIndexField(models.CharField):
    """What stands for a sealed text in an exact search: an HMAC of it once normalised.

    Written with the row it belongs to; an update of some columns names it too (`with_indexes`).
    """

    def __init__(self, *args: Any, of: str, normalise: Callable[[str], str], **options: Any) -> None:
        self.of, self.normalise = of, normalise
        options |= {"max_length": INDEX_SIZE, "editable": False, "default": "", "blank": True}
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, arguments, options = super().deconstruct()
        for fixed in ("max_length", "editable", "default", "blank"):
            options.pop(fixed, None)
        return name, path, arguments, options | {"of": self.of, "normalise": self.normalise}

    @property
    def context(self) -> str:
        return self.model._meta.get_field(self.of).context

    def index_of(self, text: str) -> str:
        """The index of a text under the first key."""
        return blind_index(self.normalise(text), self.context)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.index_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, value)
        return value


def with_indexes(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """These columns and the blind indexes of those that have one, for `save(update_fields=…)`."""
    names = list(names)
    indexes = [field for field in model._meta.fields if isinstance(field, BlindIndexField)]
    return names + [index.name for index in indexes if index.of in names]


def holding_exactly(model: type[models.Model], text: str) -> models.Q:
    """The rows of which one indexed column holds this very text, whatever its case and spaces."""
    condition = models.Q(pk__in=[])
    for index in model._meta.fields:
        if isinstance(index, BlindIndexField) and (
            found := blind_indexes(index.normalise(text), index.context)
        ):
            condition |= models.Q(**{f"{index.name}__in": found})
    return condition


def encrypted_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    """The sealed columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
