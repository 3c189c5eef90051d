from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "indicators"
    verbose_name = "indicateurs"

    def ready(self):
        from journal.tracking import track

        from . import models

        track(
            models.Indicateur,
            models.Structure,
            models.Valeur,
        )
