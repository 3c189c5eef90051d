from django.apps import AppConfig


class CopilConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "copil"
    verbose_name = "instances et réunions"

    def ready(self):
        from journal.tracking import track

        from . import models

        track(
            models.AbonnementAgenda,
            models.Decision,
            models.Instance,
            models.Participant,
            models.Point,
            models.PointOrdreDuJour,
            models.Reunion,
        )
