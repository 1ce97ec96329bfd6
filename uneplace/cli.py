"""The command `uneplace`: serve, demo, import-decp, bilan, check, reset, and every command of Django.

Each command starts the embedded PostgreSQL server, or shares it when another command has; `rules` and `reset`
need none.
Exit codes: 0 done, 1 the command says why, 2 nothing could be done.
"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility
from django.db import OperationalError

from uneplace.kit import postgres
from uneplace.kit.environment import data_folder
from uneplace.kit.history import changes_by
from uneplace.rules import cases
from uneplace.serve import serve

USAGE = """\
Usage : uneplace COMMANDE [options]

  serve           démarre le site : base de données, migrations, envoi des messages, serveur
  demo            charge le territoire de démonstration
  import-decp     lit des données essentielles de marchés
  import-hours    importe les heures d’un tableur dans les relevés
  import-qpv      remplace la carte des quartiers prioritaires (GeoJSON de l’ANCT)
  import-frr      remplace la liste des communes en France ruralités revitalisation
  bilan           les chiffres d’une année
  person-data     tout ce qui est gardé sur une personne, en JSON ou en PDF
  rules           évalue des cas de calcul : un fichier JSON, ou - pour l’entrée standard
  retention       applique les durées de conservation (--dry-run pour voir)
  bounce          note au dossier qu’un courriel n’a pas été remis (avis du serveur de courriel)
  check           vérifie la configuration et la base de données
  journal         scelle le journal des actes et vérifie que personne n’y a touché
  rotate-keys     rechiffre données et fichiers avec la première clé
  dormant-accounts
                  les comptes qui n’ont pas servi depuis 90 jours
  create-service  ouvre un service facilitateur et invite sa première personne
  reset-factors   remet à zéro la double authentification d’une personne
  backup          sauvegarde la base de données et les fichiers dans une archive
  restore         remet une installation dans l’état d’une sauvegarde
  reset           efface toutes les données de cette installation

Toutes les commandes de Django passent aussi par ici : uneplace help
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; what goes wrong is one clear line."""
    arguments = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        return run(arguments)
    except (postgres.PostgresError, ImproperlyConfigured, OperationalError, OSError) as error:
        print(f"uneplace : {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Start or share the server, then do what is asked."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(USAGE)
        return 0
    command, *options = arguments
    if command == "reset":
        return reset(options)
    if command == "rules":
        return cases.run(options)
    server = postgres.use_database()
    try:
        if command == "serve":
            return serve(options, server)
        with changes_by(command=command):
            ManagementUtility(["uneplace", command.replace("-", "_"), *options]).execute()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1 if end.code else 0
    finally:
        if server is not None:
            server.release()
    return 0


def reset(options: list[str]) -> int:
    """Remove all the data of this installation, and say what was removed."""
    if os.environ.get("DATABASE_URL"):
        raise ImproperlyConfigured(
            "DATABASE_URL désigne votre serveur PostgreSQL : « reset » n’y touche pas. "
            "Supprimez-y la base de données vous-même."
        )
    if options:
        raise ImproperlyConfigured(f"« reset » ne prend pas d’option : {' '.join(options)}")
    removed = postgres.reset(data_folder())
    print("\n".join(f"Supprimé : {folder}" for folder in removed) or "Rien à supprimer.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
