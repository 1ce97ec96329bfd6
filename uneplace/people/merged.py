"""What a file merged into another changes for whoever was about to write in it."""

from uneplace.kit.refused import Refused

from .models import Participant
from .twin_records import Merge

MERGED = "Ce dossier vient d’être réuni avec un autre de la même personne. Ouvrez-le pour continuer."


def hold_file(participant: Participant) -> None:
    """Nobody merges this file until the transaction ends; raises `Refused` when somebody just did."""
    Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    if Merge.objects.filter(left=participant).exists():
        raise Refused(MERGED)
