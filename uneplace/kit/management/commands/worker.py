from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app


class Command(BaseCommand):
    help = "Exécute les tâches en attente (envoi des messages) jusqu’à l’arrêt."

    def handle(self, *args, **options):
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker()
