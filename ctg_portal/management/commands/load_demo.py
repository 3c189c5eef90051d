"""manage.py load_demo: the demonstration conventions and accounts, completed if something lacks."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ctg_portal.lib.exchange.problems import ImportRefuse
from pilotage.demo import COMPTES, load_demo


class Command(BaseCommand):
    help = "Charge les conventions et les comptes de démonstration qui manquent."

    def add_arguments(self, parser):
        port = os.environ.get("PORT", "8000")
        parser.add_argument("--adresse", default=f"http://127.0.0.1:{port}")

    def handle(self, **options):
        path = settings.VAR_DIR / "comptes-demo.txt"
        try:
            demo = load_demo(
                folder=settings.BASE_DIR / "demo", passwords_file=path, today=timezone.localdate()
            )
        except ImportRefuse as refus:
            raise CommandError(f"La démonstration n’a pas pu être chargée :\n{refus}") from refus
        for slug in demo.importees:
            self.stdout.write(f"Convention chargée : {slug}")
        self.stdout.write(f"\nComptes de démonstration sur {options['adresse']} :\n\n")
        rows = [("adresse", "mot de passe", "peut")]
        rows += [(one.email, demo.mots_de_passe[one.email], one.peut) for one in COMPTES]
        widths = [max(len(row[place]) for row in rows) for place in range(3)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(f"  {'  '.join(cells)}".rstrip())
        self.stdout.write(f"\nCes mots de passe restent dans {path}.")
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.stdout.write(
                "Aucun courriel ne part : invitations et codes de connexion sont déposés dans "
                f"{settings.EMAIL_FILE_PATH}."
            )
        self.stdout.write("")
