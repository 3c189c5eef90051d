"""manage.py describe_tables: write the columns of the exchange tables in docs/import.md."""

from django.conf import settings
from django.core.management.base import BaseCommand

from pilotage.exchange.documentation import refresh


class Command(BaseCommand):
    help = "Remet à jour la liste des colonnes dans docs/import.md."

    def handle(self, **options):
        path = settings.BASE_DIR / "docs" / "import.md"
        path.write_text(refresh(path.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write("docs/import.md est à jour.")
