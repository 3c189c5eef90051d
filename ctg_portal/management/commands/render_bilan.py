"""Writes a bilan to a file: `render_bilan SLUG --format pdf --output bilan.pdf`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from axes.models import Convention
from ctg_portal.lib.typographie import compte
from reports.canonical import TexteIllisible
from reports.present import build_present
from reports.queries import bilans_of, exercices_of
from reports.render.formats import FORMATS
from reports.render.pdf import PdfUnavailable
from reports.tree import Bilan


class Command(BaseCommand):
    help = "Produit le bilan d’une convention dans un fichier."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="adresse de la convention")
        parser.add_argument(
            "--format",
            choices=list(FORMATS),
            required=True,
            help=" ; ".join(f"{found.cle} : {found.label}" for found in FORMATS.values()),
        )
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--exercice", type=int, metavar="ANNÉE", help="une année ; sans : toute la période"
        )
        which.add_argument(
            "--arrete", type=int, metavar="NUMÉRO", help="un bilan arrêté, tel qu’il a été figé"
        )
        parser.add_argument("--output", type=Path, required=True, help="fichier à écrire")

    def handle(self, *, slug, output, exercice, arrete, **options):
        convention = self._convention(slug)
        if arrete is None:
            tree = self._tree_of_today(convention, exercice)
        else:
            tree = self._frozen_tree(convention, arrete)
        try:
            content = FORMATS[options["format"]].render(tree)
        except PdfUnavailable as error:
            raise CommandError(str(error)) from error
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(
                f"Le fichier « {output} » ne peut pas être écrit : {error.strerror or error}."
            ) from error
        self.stdout.write(
            f"{output} : {compte(len(tree.fiches), 'fiche')}, {compte(len(content), 'octet')}."
        )

    def _convention(self, slug: str) -> Convention:
        convention = Convention.objects.filter(slug=slug).first()
        if convention is None:
            known = Convention.objects.order_by("slug").values_list("slug", flat=True)
            raise CommandError(
                f"Aucune convention n’a l’adresse « {slug} ». Conventions connues : "
                f"{', '.join(known) or 'aucune'}."
            )
        return convention

    def _tree_of_today(self, convention: Convention, exercice: int | None) -> Bilan:
        today = timezone.localdate()
        possible = exercices_of(convention, today)
        if exercice is not None and exercice not in possible:
            raise CommandError(
                f"Aucun bilan n’est possible pour l’exercice {exercice}. Exercices possibles : "
                f"{', '.join(map(str, possible)) or 'aucun'}."
            )
        return build_present(convention, exercice, today=today)

    def _frozen_tree(self, convention: Convention, pk: int) -> Bilan:
        bilan = bilans_of(convention, with_tree=True).arretes().filter(pk=pk).first()
        if bilan is None:
            known = ", ".join(f"{one.pk} ({one})" for one in bilans_of(convention).arretes())
            raise CommandError(
                f"Cette convention n’a pas de bilan arrêté numéro {pk}. Bilans arrêtés : "
                f"{known or 'aucun'}."
            )
        try:
            return bilan.tree
        except TexteIllisible as error:
            raise CommandError(str(error)) from error
