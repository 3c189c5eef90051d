"""Make the font files that a Word document embeds, after the font of the site has changed."""

from django.core.management.base import BaseCommand

from reports.render.docx.cut_fonts import cut_fonts


class Command(BaseCommand):
    help = "Découpe la police du site en fichiers que Word sait lire, à garder avec le code."

    def handle(self, **options):
        cut_fonts()
