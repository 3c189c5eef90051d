"""Conventions with n of everything a bilan may hold, for the tests of this folder."""

from actions.enums import NatureFinancement
from axes.models import PiloteAxe
from copil.enums import NaturePoint
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from tests import factories as f

TODAY = parse_date("21 novembre 2026").debut


def full_convention(count: int = 1, *, par_objectif: int | None = None, **kwargs):
    """A convention whose every table holds `count` rows per parent (and `count` axes).

    Fiches grow as the cube of `count`; `par_objectif` says how many each objectif has instead.
    """
    convention = f.ConventionFactory(**kwargs)
    f.CommuneFactory.create_batch(count, convention=convention)
    for signataire in f.SignataireFactory.create_batch(count, convention=convention):
        f.RepresentantFactory.create_batch(count, signataire=signataire)
    f.JalonFactory.create_batch(count, convention=convention)
    f.DocumentFactory.create_batch(count, convention=convention)
    f.IndicateurFactory.create_batch(count, convention=convention)
    for axe in f.AxeFactory.create_batch(count, convention=convention):
        _fill_axe(axe, count, count if par_objectif is None else par_objectif)
    _fill_meetings(convention, count)
    return convention


def _fill_axe(axe, count, par_objectif):
    PiloteAxe.objects.create(axe=axe, nom="Référente de l’axe")
    axe.thematiques.add(f.ThematiqueFactory())
    _fill_points(axe, count)
    f.IndicateurFactory.create_batch(count, convention=axe.convention, axe=axe)
    for objectif in f.ObjectifFactory.create_batch(count, axe=axe):
        fiches = f.FicheFactory.create_batch(par_objectif, axe=axe, objectif=objectif)
        for fiche in fiches:
            _fill_fiche(fiche, count)
            fiche.fiches_liees.add(fiches[0])


def _fill_points(axe, count):
    for nature in NaturePoint:
        f.PointFactory.create_batch(
            count, convention=axe.convention, axe=axe, exercice=2023, nature=nature
        )


def _fill_fiche(fiche, count):
    convention = fiche.axe.convention
    f.ResultatAttenduFactory.create_batch(count, fiche=fiche)
    f.RealisationFactory.create_batch(count, fiche=fiche)
    f.PointEtapeFactory(fiche=fiche)
    f.PiloteFicheFactory.create_batch(count, fiche=fiche)
    f.PartenaireFactory.create_batch(count, fiche=fiche)
    f.FinancementFactory.create_batch(
        count, fiche=fiche, montant=100, nature=NatureFinancement.VERSE
    )
    f.DocumentFactory.create_batch(count, convention=convention, fiche=fiche)
    fiche.communes.add(convention.communes.first())
    fiche.thematiques.add(f.ThematiqueFactory())
    for volet in f.VoletFactory.create_batch(count, fiche=fiche):
        f.RealisationFactory.create_batch(count, fiche=fiche, volet=volet)
        f.DocumentFactory.create_batch(count, convention=convention, fiche=fiche, volet=volet)
    for indicateur in f.IndicateurFactory.create_batch(count, convention=convention, fiche=fiche):
        for year in range(2020, 2020 + count + 1):
            f.ValeurFactory(indicateur=indicateur, periode=parse_periode(str(year)), valeur=year)


def _fill_meetings(convention, count):
    instances = f.InstanceFactory.create_batch(count, convention=convention)
    fiche = convention.axes.first().fiches.first()
    for reunion in f.ReunionFactory.create_batch(count, convention=convention, instances=instances):
        reunion.fiches.add(fiche)
        f.ParticipantFactory.create_batch(count, reunion=reunion)
        f.PointOrdreDuJourFactory.create_batch(count, reunion=reunion)
        f.DecisionFactory.create_batch(count, reunion=reunion, fiche=fiche)
        reunion.documents.add(f.DocumentFactory(convention=convention))
