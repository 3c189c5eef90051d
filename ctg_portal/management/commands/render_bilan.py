"""Writes a bilan to a file: `render_bilan SLUG --format pdf --output bilan.pdf`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from axes.models import Convention
from ctg_portal.lib.typographie import compte
from reports.queries import exercices_of
from reports.render.html import render_html
from reports.render.pdf import PdfUnavailable, render_pdf
from reports.tree import Bilan, build_bilan

RENDERERS = {
    "html": lambda tree: render_html(tree).encode(),
    "pdf": render_pdf,
}


class Command(BaseCommand):
    help = "Produit le bilan d’une convention dans un fichier."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="adresse de la convention")
        parser.add_argument("--format", choices=sorted(RENDERERS), required=True)
        parser.add_argument(
            "--exercice", type=int, metavar="ANNÉE", help="une année ; sans : toute la période"
        )
        parser.add_argument("--output", type=Path, required=True, help="fichier à écrire")

    def handle(self, *, slug, output, exercice, **options):
        tree = self._tree(slug, exercice)
        try:
            content = RENDERERS[options["format"]](tree)
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

    def _tree(self, slug: str, exercice: int | None) -> Bilan:
        convention = Convention.objects.filter(slug=slug).first()
        if convention is None:
            known = Convention.objects.order_by("slug").values_list("slug", flat=True)
            raise CommandError(
                f"Aucune convention n’a l’adresse « {slug} ». Conventions connues : "
                f"{', '.join(known) or 'aucune'}."
            )
        today = timezone.localdate()
        possible = exercices_of(convention, today)
        if exercice is not None and exercice not in possible:
            raise CommandError(
                f"Aucun bilan n’est possible pour l’exercice {exercice}. Exercices possibles : "
                f"{', '.join(map(str, possible)) or 'aucun'}."
            )
        return build_bilan(convention, exercice, today=today)
