"""Files that no row names: a machine stopped between the file and its row, or a file came back from a backup.

Nobody can open them, and nobody can erase them either: they go once they are older than any write under way.
"""

from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField

from .scope import every_service

OLD = timedelta(days=1)


def remove_stray_files(*, at: datetime) -> int:
    """Remove the files of more than a day that no row names; answers with how many there were."""
    waiting = default_storage.untouched_since(at - OLD)
    if not waiting:
        return 0
    stray = set(waiting) - _named()
    for name in stray:
        default_storage.delete(name)
    return len(stray)


def _named() -> set[str]:
    """What rows name. What a history says a row named once is not kept for that."""
    found: set[str] = set()
    with every_service():
        for model in apps.get_models():
            if hasattr(model, "pgh_tracked_model") or not model._meta.managed:
                continue
            for field in model._meta.concrete_fields:
                if isinstance(field, FileField):
                    found.update(model._base_manager.values_list(field.name, flat=True))
    return found
