from django.core.management.base import BaseCommand

from uneplace.reference.actions import load_reference


class Command(BaseCommand):
    help = "Charge les communes, les métiers du ROME et les codes CPV ; ne touche pas à ce qui est à jour."

    def handle(self, *args, **options):
        for loaded in load_reference():
            name = loaded.model._meta.verbose_name_plural
            self.stdout.write(f"{name} : {loaded.read} lignes lues, {loaded.written} écrites")
