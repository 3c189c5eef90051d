from django.apps import AppConfig


class ActionsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "actions"
    verbose_name = "fiches actions"

    def ready(self):
        from journal.tracking import track

        from . import models

        track(
            models.Attribution,
            models.Commentaire,
            models.Document,
            models.FicheAction,
            models.Financement,
            models.InvitationFiche,
            models.Partenaire,
            models.PiloteFiche,
            models.PointEtape,
            models.Realisation,
            models.ResultatAttendu,
            models.Volet,
        )
