"""manage.py import_convention PATH [--dry-run] [--slug SLUG] [--update] [--actor EMAIL]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User, normalize_email
from ctg_portal.lib.exchange.problems import ImportRefuse
from ctg_portal.lib.typographie import compte
from pilotage.exchange.imports import Rapport, import_convention


class Command(BaseCommand):
    help = "Importe une convention depuis un classeur (xlsx, ods) ou un dossier ou zip de CSV."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="CHEMIN")
        parser.add_argument("--dry-run", action="store_true", help="Montre sans rien écrire.")
        parser.add_argument("--slug", default="", help="Adresse de la convention.")
        parser.add_argument("--update", action="store_true", help="Met à jour une convention.")
        parser.add_argument("--actor", default="", metavar="EMAIL", help="Au nom de qui.")

    def handle(self, path, **options):
        try:
            rapport = import_convention(
                path,
                slug=options["slug"],
                update=options["update"],
                dry_run=options["dry_run"],
                actor=_actor(options["actor"]),
            )
        except ImportRefuse as refus:
            for probleme in refus.problemes:
                self.stderr.write(_line(probleme))
            errors = sum(probleme.est_erreur for probleme in refus.problemes)
            raise CommandError(
                f"Import refusé : {compte(errors, 'erreur')}. Rien n’a été écrit."
            ) from refus
        for probleme in rapport.avertissements:
            self.stderr.write(_line(probleme))
        for line in report_lines(rapport):
            self.stdout.write(line)


def _actor(email: str) -> User | None:
    if not email:
        return None
    user = User.objects.filter(email=normalize_email(email)).first()
    if user is None:
        raise CommandError(f"Aucun compte n’a l’adresse « {email} ».")
    return user


def _line(probleme) -> str:
    return str(probleme) if probleme.est_erreur else f"avertissement : {probleme}"


def report_lines(rapport: Rapport) -> list[str]:
    """The figures of an import, one line per table."""
    verb = "À blanc, rien n’est écrit" if rapport.a_blanc else "Import terminé"
    lines = [f"{verb} : {rapport.convention} ({rapport.convention.slug})."]
    for decompte in rapport.decomptes:
        figures = (
            (decompte.creees, "créée"),
            (decompte.modifiees, "modifiée"),
            (decompte.inchangees, "inchangée"),
            (decompte.retirees, "retirée"),
            (decompte.laissees, "absente du fichier et laissée en place"),
        )
        told = ", ".join(compte(count, name, _plural(name)) for count, name in figures if count)
        lines.append(f"  {decompte.table:<20} {told or 'vide'}")
    return lines


def _plural(participle: str) -> str:
    return participle.replace("ée", "ées").replace("absente", "absentes")
