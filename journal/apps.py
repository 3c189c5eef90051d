from django.apps import AppConfig


class JournalConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "journal"
    verbose_name = "journal"

    def ready(self):
        # `accounts` stands below the journal: what it holds is inscribed here.
        from accounts.models import Exploitant

        from .tracking import track

        track(Exploitant)
