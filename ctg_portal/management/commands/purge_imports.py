"""manage.py purge_imports: delete the files of previews that nobody followed by an import."""

from django.core.management.base import BaseCommand

from ctg_portal.lib.typographie import compte
from pilotage.exchange.received import forget_old


class Command(BaseCommand):
    help = "Supprime les fichiers d’import en attente depuis plus d’un jour. À lancer chaque nuit."

    def handle(self, **options):
        count = forget_old()
        self.stdout.write(f"{compte(count, 'fichier supprimé', 'fichiers supprimés')}.")
