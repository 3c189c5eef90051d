"""Freezing a bilan, reprinting it for ever, correcting it, erasing a person from it."""

import datetime
import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image

from actions.enums import Realisation
from actions.models import FicheAction
from axes.models import PiloteAxe
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from journal.models import Entree
from reports import canonical
from reports.models import Bilan
from reports.render.html import render_html
from reports.services.arretes import corriger, effacer_personne
from reports.services.refus import ArreteRefus
from reports.sigles import texts_of
from reports.tree import build_bilan
from tests import factories as f

from .builders import full_convention

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.datetime(2026, 11, 21, 23, 30))  # noqa: DTZ001 — made aware


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def convention():
    return full_convention(1, nom="CTG du Pays d’Essai")


def freeze(convention, exercice=None, **kwargs):
    return f.arrete_of(convention, exercice, now=NOW, **kwargs)


# --- Arrêter ----------------------------------------------------------------------------------


def test_an_arrete_says_who_when_and_what_the_copil_said(convention):
    instance = f.InstanceFactory(convention=convention, nom="COPIL")
    reunion = f.ReunionFactory(
        convention=convention, titre="", date=parse_date("2023-10-09"), instances=[instance]
    )
    author = f.UserFactory(nom="Camille Exemple")
    bilan = freeze(
        convention, 2023, avis="**Favorable**, à l’unanimité.", reunion=reunion, auteur=author
    )
    tree = Bilan.objects.get().tree
    assert tree.arrete.le == datetime.date(2026, 11, 21)
    assert tree.arrete.auteur == "Camille Exemple"
    assert tree.arrete.reunion == "COPIL du 9\u00a0octobre 2023"
    assert (tree.arrete.version, tree.arrete.motif) == (1, "")
    assert "<strong>Favorable</strong>" in tree.arrete.avis.html
    assert tree.copil == "examiné en réunion\u00a0: COPIL du 9\u00a0octobre 2023"
    assert (bilan.auteur, bilan.arrete_le, bilan.reunion) == (author, NOW, reunion)
    assert len(bilan.empreinte) == 64
    assert len(bilan.version_rendu) == 16


def test_the_avis_is_printed_with_the_bilan_and_named_in_the_sommaire(convention):
    freeze(convention, avis="Favorable, sous réserve.", auteur=f.UserFactory(nom="Camille Exemple"))
    tree = Bilan.objects.get().tree
    printed = render_html(tree)
    assert "Favorable, sous réserve." in printed
    assert "<b>Arrêté le 21\u00a0novembre 2026</b>, par Camille Exemple" in printed
    assert "Brouillon" not in printed
    assert "avis" in [entry.ancre for entry in tree.sommaire]
    today = build_bilan(convention, today=NOW.date())
    assert "avis" not in [entry.ancre for entry in today.sommaire]


def test_the_hash_is_that_of_the_kept_text(convention):
    bilan = freeze(convention)
    names = dict.fromkeys(bilan.personnes)
    assert canonical.Canonique(bilan.arbre, names).empreinte == bilan.empreinte


def test_the_same_content_frozen_twice_has_the_same_hash(convention):
    author = f.UserFactory()
    first = freeze(convention, auteur=author)
    Bilan.objects.all()._raw_delete(Bilan.objects.db)
    assert freeze(convention, auteur=author).empreinte == first.empreinte


def change_everything(convention):
    """Titles, statuses, names, units, figures, pictures: nothing stays as it was."""
    for fiche in FicheAction.objects.of_convention(convention):
        fiche.intitule = f"Tout autre chose {fiche.pk}"
        fiche.realisation = Realisation.NON_REALISEE
        fiche.save()
        for pilote in fiche.pilotes.all():
            pilote.nom = "Quelqu’un d’autre"
            pilote.save()
        fiche.realisations.all().delete()
    for pilote in PiloteAxe.objects.all():
        pilote.nom = "Une autre personne"
        pilote.save()
    for indicateur in convention.indicateurs.all():
        indicateur.unite = "kilomètres"
        indicateur.save()
        for valeur in indicateur.valeurs.all():
            valeur.valeur += 1000
            valeur.save()
    for document in convention.documents.all():
        if document.fichier:
            default_storage.delete(document.fichier.name)
        document.delete()
    convention.nom, convention.couleur = "Une autre convention", "prune"
    convention.logo.delete()
    convention.save()


def test_reprinting_gives_the_same_document_whatever_changed_since(convention):
    convention.logo.save("logo.png", ContentFile(picture("PNG")))
    f.DocumentFactory(
        convention=convention,
        fichier=default_storage.save("documents/photo.jpg", ContentFile(picture("JPEG"))),
        droit_image=True,
        legende="La fête du jeu",
    )
    indicateur = convention.indicateurs.first()
    f.ValeurFactory(indicateur=indicateur, periode=parse_periode("2023"), valeur=12)
    frozen = freeze(convention)
    printed = render_html(Bilan.objects.get().tree)
    assert printed.count("data:image/") == 2
    change_everything(convention)
    kept = Bilan.objects.get()
    assert render_html(kept.tree) == printed
    assert kept.empreinte == frozen.empreinte == canonical.Canonique(kept.arbre, {}).empreinte


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "#14508c").save(buffer, kind)
    return buffer.getvalue()


def test_a_picture_kept_once_serves_every_version(convention, media):
    f.DocumentFactory(
        convention=convention,
        fichier=default_storage.save("documents/photo.jpg", ContentFile(picture("JPEG"))),
        droit_image=True,
    )
    first = freeze(convention)
    corriger(bilan=first, motif="Erreur", avis="Favorable", auteur=f.UserFactory(), now=NOW)
    assert len(list((media / "bilans" / "images").iterdir())) == 1


def test_one_arrete_per_exercice_then_corrections(convention):
    freeze(convention, 2023)
    freeze(convention, 2022)
    freeze(convention)
    for exercice in (2023, None):
        with pytest.raises(ArreteRefus, match="existe déjà"):
            freeze(convention, exercice)
    assert Bilan.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_freeze_at_once_freeze_one():
    convention, authors = f.FicheFactory().axe.convention, f.UserFactory.create_batch(2)
    barrier = threading.Barrier(2)

    def together(author):
        barrier.wait(timeout=10)
        try:
            freeze(convention, 2023, auteur=author)
        except ArreteRefus:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(together, authors)) == ["done", "refused"]
    assert Bilan.objects.count() == 1


def test_a_disk_without_room_freezes_nothing(convention, monkeypatch):
    def full(names):
        raise OSError("No space left on device")

    monkeypatch.setattr("reports.images.keep", full)
    with pytest.raises(ArreteRefus, match="la place manque"):
        freeze(convention)
    assert not Bilan.objects.exists()


# --- Corriger ---------------------------------------------------------------------------------


def correct(bilan, **kwargs):
    values = {"motif": "Un chiffre était faux.", "avis": "Favorable.", "auteur": f.UserFactory()}
    return corriger(bilan=bilan, now=NOW, **{**values, **kwargs})


def test_a_correction_is_a_new_version_with_its_reason_and_the_first_stays(convention):
    first = freeze(convention, 2023)
    convention.nom = "Le bon nom"
    convention.save()
    second = correct(first)
    first = Bilan.objects.get(pk=first.pk)
    assert (second.version, second.precedente, first.remplace_par) == (2, first, second)
    assert second.tree.arrete.motif == "Un chiffre était faux."
    assert second.tree.arrete.version == 2
    assert second.tree.etat == "Arrêté le 21\u00a0novembre 2026, version 2"
    assert second.tree.convention.nom == "Le bon nom"
    assert first.tree.convention.nom == "CTG du Pays d’Essai"
    assert "version 2" in str(second)


def test_only_the_last_version_is_corrected(convention):
    first = freeze(convention)
    correct(first)
    with pytest.raises(ArreteRefus, match="déjà corrigée"):
        correct(first)
    assert Bilan.objects.count() == 2


# --- Erasing a person -------------------------------------------------------------------------


@pytest.fixture
def named(convention):
    fiche = FicheAction.objects.first()
    fiche.contexte = "Portée par Ghislaine Modèle depuis le début."
    fiche.save()
    f.PiloteFicheFactory(fiche=fiche, nom="Ghislaine Modèle, directrice")
    return freeze(convention)


def test_an_erased_person_is_gone_and_the_hash_stays(convention, named):
    before = (named.arbre, named.empreinte)
    assert effacer_personne(convention=convention, nom="ghislaine modele") == [named]
    kept = Bilan.objects.get()
    assert (kept.arbre, kept.empreinte) == before
    assert not [text for text in texts_of(kept.tree) if "Ghislaine Modèle" in text]
    assert "personne effacée, directrice" in texts_of(kept.tree)
    assert "Ghislaine Modèle" not in repr(kept.personnes)


def test_a_name_that_no_arrete_holds_changes_nothing(convention, named):
    assert effacer_personne(convention=convention, nom="Personne d’autre") == []


def test_another_convention_keeps_its_own(convention, named):
    other = full_convention(1)
    f.PiloteFicheFactory(fiche=other.axes.get().fiches.first(), nom="Ghislaine Modèle")
    elsewhere = freeze(other)
    effacer_personne(convention=convention, nom="Ghislaine Modèle")
    assert "Ghislaine Modèle" in Bilan.objects.get(pk=elsewhere.pk).personnes.values()


def test_the_journal_says_that_a_name_was_erased_and_does_not_repeat_it(convention, named):
    actor = f.UserFactory()
    effacer_personne(convention=convention, nom="Ghislaine Modèle", actor=actor)
    entry = Entree.objects.of_convention(convention.pk).exclude(resume="").get()
    assert entry.actor == actor
    assert "Un nom est effacé" in entry.resume
    assert "Ghislaine" not in entry.resume
