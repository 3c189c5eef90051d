"""From a meeting to the trees of its papers, each in a constant number of queries."""

import datetime
import re

from django.db.models import Prefetch, prefetch_related_objects

from actions.models import Document, FicheAction
from axes.enums import Role
from axes.models import Membre
from copil.enums import EtatReunion, Presence
from copil.models import Decision, Reunion

from ..tree import nodes as tree
from ..tree.cadrage import convention_node
from ..tree.fiches import documents, text_of
from . import nodes

_LIEN = re.compile(r"\(?(https?://[^\s()]+)\)?")


def build_convocation(reunion: Reunion, *, today: datetime.date) -> nodes.Convocation:
    """Who is called, or the composition of the bodies where nobody is named."""
    _load(reunion, "participants", "ordre_du_jour", _leaving_documents())
    guests = _people(reunion)
    return nodes.Convocation(
        **_common(reunion, today),
        ordre_du_jour=_agenda(reunion),
        documents=documents(reunion.documents.all()),
        invites=guests,
        compositions=() if guests else _compositions(reunion),
        contacts=_contacts(reunion, today),
    )


def build_emargement(reunion: Reunion, *, today: datetime.date) -> nodes.Emargement:
    """The sheet to be signed: everybody named but those who are excused."""
    _load(reunion, "participants")
    return nodes.Emargement(
        **_common(reunion, today),
        attendus=_people(reunion, Presence.PRESENT, ""),
        excuses=_people(reunion, Presence.EXCUSE),
    )


def build_releve(reunion: Reunion, *, today: datetime.date) -> nodes.Releve:
    """What came out of the meeting. States are those of today: there is no travel in time.

    Never holds internal notes, nor a photo without droit à l’image.
    """
    _load(
        reunion,
        "participants",
        "ordre_du_jour",
        _leaving_documents(),
        Prefetch("fiches", FicheAction.objects.with_place().in_order()),
        Prefetch("decisions", Decision.objects.select_related("fiche__axe")),
    )
    coming = _next_of(reunion, today)
    return nodes.Releve(
        **_common(reunion, today),
        nombre_participants=reunion.nombre_participants,
        presents=_people(reunion, Presence.PRESENT),
        excuses=_people(reunion, Presence.EXCUSE),
        invites=_people(reunion, ""),
        fiches=tuple(str(fiche) for fiche in reunion.fiches.all()),
        ordre_du_jour=_agenda(reunion),
        compte_rendu=tree.Texte(reunion.compte_rendu),
        documents=documents(reunion.documents.all()),
        decisions=tuple(_decision(row, reunion) for row in reunion.decisions.all()),
        a_suivre=tuple(_decision(row, row.reunion) for row in _still_open(reunion, today)),
        prochaine=_seance(coming) if coming else None,
    )


# --- What is read -----------------------------------------------------------------------------


def _load(reunion: Reunion, *lists) -> None:
    prefetch_related_objects([reunion], "instances", *lists)


def _leaving_documents() -> Prefetch:
    return Prefetch("documents", queryset=Document.objects.leaving_the_portal())


def _others_of(reunion: Reunion):
    """The other meetings of the same bodies."""
    others = Reunion.objects.of_convention(reunion.convention).exclude(pk=reunion.pk)
    return others.filter(instances__in=reunion.instances.all()).distinct()


def _still_open(reunion: Reunion, today: datetime.date):
    """Open decisions of the earlier meetings; before a meeting without a date, of those over."""
    others = _others_of(reunion)
    if reunion.date:
        others = others.filter(date__premier_jour__lt=reunion.date.debut.isoformat())
    else:
        others = others.filter(date__dernier_jour__lt=today.isoformat())
    decisions = Decision.objects.open().filter(reunion__in=others.order_by().values("pk"))
    return (
        decisions.select_related("fiche__axe", "reunion")
        .prefetch_related("reunion__instances")
        .order_by("reunion__date", "reunion_id", "ordre", "pk")
    )


def _next_of(reunion: Reunion, today: datetime.date) -> Reunion | None:
    """The first meeting of the same bodies after this one, unless it is cancelled."""
    after = reunion.date.fin if reunion.date else today
    coming = _others_of(reunion).filter(date__premier_jour__gt=after.isoformat())
    return (
        coming.exclude(etat=EtatReunion.ANNULEE)
        .prefetch_related("instances")
        .order_by("date", "pk")
        .first()
    )


def _contacts(reunion: Reunion, today: datetime.date) -> tuple[str, ...]:
    """Who coordinates the convention, by name alone."""
    team = Membre.objects.running(today).filter(
        convention=reunion.convention, role=Role.COORDINATION, user__is_active=True
    )
    return tuple(membre.user.nom for membre in team.select_related("user").order_by("pk"))


# --- What it becomes --------------------------------------------------------------------------


def _common(reunion: Reunion, today: datetime.date) -> dict[str, object]:
    return {
        "convention": convention_node(reunion.convention),
        "seance": _seance(reunion),
        "edite_le": today,
    }


def _seance(reunion: Reunion) -> nodes.Seance:
    found = _LIEN.search(reunion.lieu)
    link = found[1].rstrip(".,;»") if found else ""
    return nodes.Seance(
        nom=reunion.nom,
        titre=reunion.titre,
        instances=tuple(instance.nom for instance in reunion.instances.all()),
        date=text_of(reunion.date),
        jour=reunion.date.avec_jour if reunion.date else "",
        heure=reunion.heure,
        lieu=reunion.lieu.replace(found[0], "").strip(" .,;:–-") if found else reunion.lieu,
        lien=link,
        visio=reunion.visio,
        annulee=reunion.etat == EtatReunion.ANNULEE,
        motif=reunion.motif,
    )


def _people(reunion: Reunion, *presences: str) -> tuple[tree.Participant, ...]:
    """Those of these presences, in their order; everybody where none is given."""
    return tuple(
        tree.Participant(row.nom, row.qualite, row.organisme, row.get_presence_display(), row.role)
        for row in reunion.participants.all()
        if not presences or row.presence in presences
    )


def _agenda(reunion: Reunion) -> tuple[str, ...]:
    return tuple(point.texte for point in reunion.ordre_du_jour.all())


def _compositions(reunion: Reunion) -> tuple[tree.Instance, ...]:
    return tuple(
        tree.Instance(row.nom, row.get_type_display(), tree.Texte(row.composition))
        for row in reunion.instances.all()
        if row.composition.strip()
    )


def _decision(row: Decision, reunion: Reunion) -> tree.Decision:
    fiche = row.fiche
    return tree.Decision(
        texte=row.texte,
        fiche=tree.Renvoi("", fiche.repere, fiche.nom_court) if fiche else None,
        responsable=row.responsable,
        echeance=text_of(row.echeance),
        etat=row.get_etat_display(),
        ouverte=row.est_ouverte,
        reunion=", ".join(part for part in (reunion.nom, text_of(reunion.date)) if part),
    )
