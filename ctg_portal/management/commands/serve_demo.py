"""manage.py serve_demo: what `make demo` runs, in one process so that it starts in seconds."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections


class Command(BaseCommand):
    help = "Prépare la démonstration (tables, conventions, comptes), puis sert le portail."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, port, **options):
        if not settings.IS_LOCAL:
            raise CommandError(
                "La démonstration a des comptes connus de tous : elle ne se lance que sur un seul "
                "poste, avec DEMO=1 (ou par « make demo »)."
            )
        address = f"http://127.0.0.1:{port}"
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        call_command("load_demo", adresse=address, stdout=self.stdout)
        connections.close_all()
        self.stdout.write(f"\nLe portail répond sur {address} (Ctrl+C pour l’arrêter).")
        self.stdout.flush()
        call_command(
            "runserver", addrport=f"127.0.0.1:{port}", use_reloader=False, skip_checks=True
        )
