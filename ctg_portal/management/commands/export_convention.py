"""manage.py export_convention SLUG --format xlsx|ods|csv --output PATH"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from axes.models import Convention
from pilotage.exchange.exports import FORMATS, export_convention


class Command(BaseCommand):
    help = "Exporte une convention dans les tables que l’import relit."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument(
            "--output", required=True, type=Path, help="Classeur, ou dossier pour csv."
        )

    def handle(self, slug, **options):
        convention = Convention.objects.filter(slug=slug).first()
        if convention is None:
            raise CommandError(f"Aucune convention n’a l’adresse « {slug} ».")
        output = options["output"]
        try:
            missing = export_convention(convention, fmt=options["format"], output=output)
        except OSError as error:
            raise CommandError(
                f"« {output} » ne peut pas être écrit : {error.strerror}."
            ) from error
        for path in missing:
            self.stderr.write(f"avertissement : le fichier « {path} » n’est plus sur le serveur.")
        self.stdout.write(f"{convention} : exportée dans {output}.")
