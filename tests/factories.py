"""Rows as a real convention holds them, one factory per model; shared by the whole suite."""

import datetime

import factory
from auditlog.context import disable_auditlog
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory as ModelFactory

from accounts.models import User
from actions.models import (
    Attribution,
    Commentaire,
    Document,
    FicheAction,
    Financement,
    InvitationFiche,
    Partenaire,
    PiloteFiche,
    PointEtape,
    Realisation,
    ResultatAttendu,
    Volet,
)
from axes.enums import Role
from axes.models import (
    Axe,
    Commune,
    Convention,
    Invitation,
    Jalon,
    Membre,
    Objectif,
    Representant,
    Signataire,
    Thematique,
)
from copil.enums import EtatReunion, NaturePoint, TypeInstance
from copil.models import (
    AbonnementAgenda,
    Decision,
    Instance,
    Participant,
    Point,
    PointOrdreDuJour,
    Reunion,
)
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from indicators.models import Indicateur, Structure, Valeur
from reports.models import Bilan, Partage
from reports.services.arretes import arreter


class DjangoModelFactory(ModelFactory):
    """Rows that are there before the test begins: the journal does not tell them.

    A tenth of the whole suite went into those lines; see `factories_are_journalled`.
    """

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with disable_auditlog():
            return super()._create(model_class, *args, **kwargs)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    nom = factory.Sequence(lambda n: f"Dominique Exemple {n}")
    email = factory.Sequence(lambda n: f"dominique.{n}@exemple.fr")
    # She signs in by code, as somebody who was invited and never chose a password.
    password = factory.LazyFunction(lambda: make_password(None))


class ConventionFactory(DjangoModelFactory):
    class Meta:
        model = Convention

    nom = "Convention territoriale globale"
    territoire = factory.Sequence(lambda n: f"Pays d’Exemple {n}")
    slug = factory.Sequence(lambda n: f"pays-d-exemple-{n}")
    caf = "Caf d’Exemple"
    debut = parse_date("2020")
    fin = parse_date("2024")
    phase = "en_cours"


class CommuneFactory(DjangoModelFactory):
    class Meta:
        model = Commune

    convention = factory.SubFactory(ConventionFactory)
    nom = factory.Sequence(lambda n: f"Saint-Exemple-{n}")
    ordre = factory.Sequence(int)


class SignataireFactory(DjangoModelFactory):
    class Meta:
        model = Signataire

    convention = factory.SubFactory(ConventionFactory)
    organisme = factory.Sequence(lambda n: f"Organisme {n}")
    ordre = factory.Sequence(int)


class RepresentantFactory(DjangoModelFactory):
    class Meta:
        model = Representant

    signataire = factory.SubFactory(SignataireFactory)
    qualite = "Présidente"
    ordre = factory.Sequence(int)


class JalonFactory(DjangoModelFactory):
    class Meta:
        model = Jalon

    convention = factory.SubFactory(ConventionFactory)
    date = parse_date("juin 2020")
    intitule = "Signature de la convention"
    ordre = factory.Sequence(int)


class ThematiqueFactory(DjangoModelFactory):
    class Meta:
        model = Thematique

    nom = factory.Sequence(lambda n: f"thématique {n}")


class AxeFactory(DjangoModelFactory):
    class Meta:
        model = Axe

    convention = factory.SubFactory(ConventionFactory)
    numero = factory.Sequence(lambda n: str(n + 1))
    intitule = factory.Sequence(lambda n: f"Faciliter le parcours des familles {n}")
    ordre = factory.Sequence(int)


class ObjectifFactory(DjangoModelFactory):
    class Meta:
        model = Objectif

    axe = factory.SubFactory(AxeFactory)
    code = factory.Sequence(lambda n: f"O{n}")
    intitule = factory.Sequence(lambda n: f"Mieux accueillir les enfants {n}")
    ordre = factory.Sequence(int)


class FicheFactory(DjangoModelFactory):
    class Meta:
        model = FicheAction

    axe = factory.SubFactory(AxeFactory)
    code = factory.Sequence(lambda n: f"A{n}")
    intitule = factory.Sequence(lambda n: f"Développer l’accueil de loisirs {n}")
    ordre = factory.Sequence(int)


class MembreFactory(DjangoModelFactory):
    class Meta:
        model = Membre

    user = factory.SubFactory(UserFactory)
    convention = factory.SubFactory(ConventionFactory)
    role = Role.LECTEUR


class InvitationFactory(DjangoModelFactory):
    """A pending invitation; `jeton` is the fingerprint of a token that nobody knows."""

    class Meta:
        model = Invitation

    convention = factory.SubFactory(ConventionFactory)
    email = factory.Sequence(lambda n: f"invitation.{n}@exemple.fr")
    nom = factory.Sequence(lambda n: f"Alix Invitée {n}")
    role = Role.LECTEUR
    jeton = factory.Sequence(lambda n: f"{n:064x}")


class InvitationFicheFactory(DjangoModelFactory):
    class Meta:
        model = InvitationFiche

    invitation = factory.SubFactory(InvitationFactory, role=Role.CONTRIBUTEUR)
    fiche = factory.SubFactory(FicheFactory)


class AttributionFactory(DjangoModelFactory):
    class Meta:
        model = Attribution

    membre = factory.SubFactory(MembreFactory, role=Role.CONTRIBUTEUR)
    fiche = factory.SubFactory(FicheFactory)


class ResultatAttenduFactory(DjangoModelFactory):
    class Meta:
        model = ResultatAttendu

    fiche = factory.SubFactory(FicheFactory)
    texte = factory.Sequence(lambda n: f"Ouvrir {n} places de plus.")
    ordre = factory.Sequence(int)


class VoletFactory(DjangoModelFactory):
    class Meta:
        model = Volet

    fiche = factory.SubFactory(FicheFactory)
    titre = factory.Sequence(lambda n: f"Les mercredis de l’été {n}")
    ordre = factory.Sequence(int)


class RealisationFactory(DjangoModelFactory):
    class Meta:
        model = Realisation

    fiche = factory.SubFactory(FicheFactory)
    texte = factory.Sequence(lambda n: f"Sortie au lac numéro {n}.")
    ordre = factory.Sequence(int)


class PointEtapeFactory(DjangoModelFactory):
    class Meta:
        model = PointEtape

    fiche = factory.SubFactory(FicheFactory)
    exercice = 2023
    texte = "Le recrutement est fait."


class PiloteFicheFactory(DjangoModelFactory):
    class Meta:
        model = PiloteFiche

    fiche = factory.SubFactory(FicheFactory)
    nom = factory.Sequence(lambda n: f"Pilote {n}")
    ordre = factory.Sequence(int)


class PartenaireFactory(DjangoModelFactory):
    class Meta:
        model = Partenaire

    fiche = factory.SubFactory(FicheFactory)
    organisme = factory.Sequence(lambda n: f"Association {n}")
    ordre = factory.Sequence(int)


class FinancementFactory(DjangoModelFactory):
    class Meta:
        model = Financement

    fiche = factory.SubFactory(FicheFactory)
    financeur = factory.Sequence(lambda n: f"Financeur {n}")
    ordre = factory.Sequence(int)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    convention = factory.SubFactory(ConventionFactory)
    legende = factory.Sequence(lambda n: f"Compte rendu numéro {n}")
    ordre = factory.Sequence(int)


class CommentaireFactory(DjangoModelFactory):
    class Meta:
        model = Commentaire

    fiche = factory.SubFactory(FicheFactory)
    auteur = factory.SubFactory(UserFactory)
    texte = factory.Sequence(lambda n: f"À revoir avec la commune {n}.")


class StructureFactory(DjangoModelFactory):
    class Meta:
        model = Structure

    convention = factory.SubFactory(ConventionFactory)
    nom = factory.Sequence(lambda n: f"Accueil de loisirs {n}")
    ordre = factory.Sequence(int)


class IndicateurFactory(DjangoModelFactory):
    class Meta:
        model = Indicateur

    convention = factory.SubFactory(ConventionFactory)
    intitule = factory.Sequence(lambda n: f"Enfants accueillis {n}")
    unite = "enfants"
    ordre = factory.Sequence(int)


class ValeurFactory(DjangoModelFactory):
    class Meta:
        model = Valeur

    indicateur = factory.SubFactory(IndicateurFactory)
    periode = factory.Sequence(lambda n: parse_periode(str(2000 + n % 100)))
    valeur = 120


class InstanceFactory(DjangoModelFactory):
    class Meta:
        model = Instance

    convention = factory.SubFactory(ConventionFactory)
    nom = factory.Sequence(lambda n: f"Comité de pilotage {n}")
    type = TypeInstance.COPIL
    ordre = factory.Sequence(int)


class ReunionFactory(DjangoModelFactory):
    """A meeting that was held; `instances=[…]` says which bodies met."""

    class Meta:
        model = Reunion
        skip_postgeneration_save = True

    convention = factory.SubFactory(ConventionFactory)
    titre = factory.Sequence(lambda n: f"Réunion de travail {n}")
    date = parse_date("9 octobre 2023")
    etat = EtatReunion.TENUE
    ordre = factory.Sequence(int)

    @factory.post_generation
    def instances(self, create, extracted, **kwargs):
        if create and extracted:
            self.instances.set(extracted)


class PointOrdreDuJourFactory(DjangoModelFactory):
    class Meta:
        model = PointOrdreDuJour

    reunion = factory.SubFactory(ReunionFactory)
    texte = factory.Sequence(lambda n: f"Point d’information {n}")
    ordre = factory.Sequence(int)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    reunion = factory.SubFactory(ReunionFactory)
    qualite = factory.Sequence(lambda n: f"Élue déléguée {n}")
    ordre = factory.Sequence(int)


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    reunion = factory.SubFactory(ReunionFactory)
    texte = factory.Sequence(lambda n: f"Écrire aux communes, lettre {n}.")
    ordre = factory.Sequence(int)


class AbonnementAgendaFactory(DjangoModelFactory):
    """A running calendar address; `jeton` is the fingerprint of a token that nobody knows."""

    class Meta:
        model = AbonnementAgenda

    convention = factory.SubFactory(ConventionFactory)
    user = factory.SubFactory(UserFactory)
    jeton = factory.Sequence(lambda n: f"{n:064x}")


class PointFactory(DjangoModelFactory):
    class Meta:
        model = Point

    convention = factory.SubFactory(ConventionFactory)
    exercice = 2023
    nature = NaturePoint.FORT
    texte = factory.Sequence(lambda n: f"La dynamique est là {n}.")
    ordre = factory.Sequence(int)


class BilanFactory(DjangoModelFactory):
    class Meta:
        model = Bilan

    convention = factory.SubFactory(ConventionFactory)
    exercice = 2023


class PartageFactory(DjangoModelFactory):
    """A running link; `jeton` is the fingerprint of a token that nobody knows."""

    class Meta:
        model = Partage

    bilan = factory.SubFactory(BilanFactory)
    pour = factory.Sequence(lambda n: f"Caf d’Exemple, service {n}")
    jeton = factory.Sequence(lambda n: f"{n:064x}")
    expire_le = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=30))


def member(convention, role=Role.LECTEUR, *, axes=(), fiches=(), expire_le=None) -> User:
    """A person with that role in that convention; `axes` for a référent, `fiches` for others."""
    membre = MembreFactory(convention=convention, role=role, expire_le=expire_le)
    if axes:
        membre.axes.set(axes)
    for fiche in fiches:
        AttributionFactory(membre=membre, fiche=fiche)
    return membre.user


def arrete_of(convention, exercice=None, *, avis="Avis favorable.", auteur=None, **kwargs) -> Bilan:
    """The bilan of this convention, frozen now by the one door there is."""
    return arreter(
        convention=convention,
        exercice=exercice,
        avis=avis,
        auteur=auteur or UserFactory(),
        now=kwargs.pop("now", timezone.now()),
        **kwargs,
    )


def yesterday() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=1)
