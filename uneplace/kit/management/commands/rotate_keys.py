import os

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from uneplace.kit.crypto import keyring
from uneplace.kit.database import others_connected
from uneplace.kit.environment import encryption_keys, new_key, write_keys
from uneplace.kit.scope import every_service
from uneplace.kit.sealing import keys_in_use, keys_of_files, seal_anew, sealed_elsewhere, sealed_models


class Command(BaseCommand):
    help = "Rechiffre les données et les fichiers avec la première clé ; reprend là où elle s’est arrêtée."

    def add_arguments(self, parser):
        parser.add_argument("--new-key", action="store_true", help="tire d’abord une nouvelle clé")
        parser.add_argument(
            "--forget", action="store_true", help="retire ensuite les clés inutiles du fichier"
        )

    def handle(self, *, new_key, forget, **options):
        if (new_key or forget) and os.environ.get("UNEPLACE_ENCRYPTION_KEYS"):
            raise CommandError(
                "Les clés viennent de UNEPLACE_ENCRYPTION_KEYS : ajoutez ou retirez-les vous-même, "
                "la nouvelle en premier."
            )
        if new_key and forget:
            raise CommandError(
                "Un site lancé avant « --new-key » chiffre encore avec l’ancienne clé : arrêtez-le, puis "
                "donnez les deux options l’une après l’autre."
            )
        if forget:
            self._refuse_while_the_site_runs()
        if new_key:
            self._draw()
        self._seal_rows()
        self._seal_files()
        self._tell_what_is_left(forget)

    def _refuse_while_the_site_runs(self):
        if others := others_connected(connection, [connection.settings_dict["USER"]]):
            raise CommandError(
                f"Le site tourne encore ({others} connexion(s)) : il chiffre peut-être avec l’ancienne clé. "
                "Arrêtez-le partout, puis relancez « uneplace rotate-keys --forget ». Rien n’a été retiré."
            )

    def _draw(self):
        write_keys(settings.DATA, [new_key(), *settings.ENCRYPTION_KEYS])
        settings.ENCRYPTION_KEYS = encryption_keys(settings.DATA)
        self.stdout.write(f"Nouvelle clé : {keyring().current.id}. Redémarrez le site s’il tourne.")

    def _seal_rows(self):
        for model in sealed_models():
            batches, done = seal_anew(model), 0
            while True:
                with every_service():
                    size = next(batches, 0)
                if not size:
                    break
                done += size
            self.stdout.write(f"{model._meta.verbose_name} : {done} ligne(s) rechiffrée(s)")

        for place in sealed_elsewhere():
            self.stdout.write(f"{place.NAME} : {place.seal_anew()} rechiffrée(s)")

    def _seal_files(self):
        done = sum(default_storage.seal_anew(name) for name in default_storage.names())
        self.stdout.write(f"fichiers : {done} rechiffré(s)")

    def _tell_what_is_left(self, forget):
        needed = {*keys_in_use(), *keys_of_files()}
        keys = keyring().keys
        if missing := needed - {key.id for key in keys}:
            raise CommandError(f"Clé(s) encore nécessaires et introuvables : {', '.join(sorted(missing))}.")
        former = [key for key in keys[1:] if key.id not in needed]
        if len(former) < len(keys) - 1:
            raise CommandError("Des lignes ont changé pendant le rechiffrement : relancez la commande.")
        if not former:
            return
        names = ", ".join(key.id for key in former)
        if forget:
            self._refuse_while_the_site_runs()
            write_keys(settings.DATA, [keys[0].secret])
            self.stdout.write(f"Clé(s) retirée(s) : {names}. Les sauvegardes d’avant en ont encore besoin.")
        else:
            self.stdout.write(
                f"Plus rien n’utilise : {names}. Retirez-les (les sauvegardes d’avant en ont encore besoin)."
            )
