from django.apps import AppConfig


class AxesConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "axes"
    verbose_name = "axes et convention"

    def ready(self):
        from journal.tracking import track

        from . import models

        track(
            models.Axe,
            models.Commune,
            models.Convention,
            models.Invitation,
            models.Jalon,
            models.Membre,
            models.Objectif,
            models.PiloteAxe,
            models.Representant,
            models.Signataire,
            models.Thematique,
        )
