from django.apps import AppConfig


class ReportsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "reports"
    verbose_name = "bilans"

    def ready(self):
        from journal.tracking import track

        from . import models

        track(
            models.Bilan,
            models.Partage,
        )
