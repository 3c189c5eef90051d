"""Takes a name out of arrêtés: `effacer_personne "Prénom Nom" --convention SLUG`."""

from django.core.management.base import BaseCommand, CommandError

from axes.models import Convention
from reports.services.arretes import effacer_personne


class Command(BaseCommand):
    help = "Efface le nom d’une personne des bilans arrêtés, sans changer leur empreinte."

    def add_arguments(self, parser):
        parser.add_argument("nom", help="le nom, tel qu’il est imprimé")
        parser.add_argument(
            "--convention", metavar="ADRESSE", help="une seule convention ; sans : toutes"
        )

    def handle(self, *, nom, convention, **options):
        conventions = Convention.objects.order_by("slug")
        if convention:
            conventions = conventions.filter(slug=convention)
            if not conventions:
                raise CommandError(f"Aucune convention n’a l’adresse « {convention} ».")
        changed = [
            bilan for one in conventions for bilan in effacer_personne(convention=one, nom=nom)
        ]
        for bilan in changed:
            self.stdout.write(f"{bilan.convention} : {bilan}")
        if not changed:
            self.stdout.write("Aucun bilan arrêté ne porte ce nom.")
