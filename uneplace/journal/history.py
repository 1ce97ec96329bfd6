"""Each change of a row, kept by triggers: bulk writes and SQL typed by hand are caught too.

The journal says why and by whom something was done; the history says what each row was, before and after.
It is kept beside each table in rows of the same columns, that the application adds to and never changes.
"""

from collections.abc import Callable, Mapping, Sequence

import pghistory
import pgtrigger
from django.db import models
from pghistory.models import Event


class RowEvent(Event):
    """What one row was after one change (before it, for a removal), when, and by whom."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


class Differs(pgtrigger.Condition):
    """One of these columns is not what it was. Compared as they are kept: a sealed one cannot be read."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = fields

    def resolve(self, model: type[models.Model]) -> str:
        columns = [model._meta.get_field(name).column for name in self.fields]
        return " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)


def keeps_history(
    *,
    only: Sequence[str] | None = None,
    without: Sequence[str] = (),
    marks: Mapping[str, Sequence[str]] | None = None,
) -> Callable[[type[models.Model]], type[models.Model]]:
    """Declare that a model's rows keep their history.

    `only` these fields, for whatever holds personal data, so that a field added later stays out; or all
    `without` some. `marks` says that fields changed, without their content: `{"identity": ["last_name"]}`.
    """

    def declare(model: type[models.Model]) -> type[models.Model]:
        noted = [
            pghistory.UpdateEvent(name, condition=Differs(fields), trigger_name=f"{name}_update")
            for name, fields in (marks or {}).items()
        ]
        return pghistory.track(
            *(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), *noted),
            fields=["id", *only] if only is not None else None,
            exclude=list(without) or None,
            model_name=f"{model.__name__}Event",
            base_model=RowEvent,
            level=pghistory.Statement,  # one more statement for a bulk write, not one for each row
            append_only=True,
            obj_field=pghistory.ObjForeignKey(related_name="events"),
            context_field=pghistory.ContextJSONField(),
            context_id_field=None,
        )(model)

    return declare
