"""The opening of the bilan: the convention, its calendar, who signed."""

from . import nodes
from .fiches import documents, text_of
from .loading import grouped


def convention_node(convention) -> nodes.Convention:
    previous = convention.precedente
    return nodes.Convention(
        slug=convention.slug,
        nom=convention.nom,
        sous_titre=convention.sous_titre,
        territoire=convention.territoire,
        type_territoire=convention.get_type_territoire_display(),
        caf=convention.caf,
        periode=convention.periode,
        debut=text_of(convention.debut),
        fin=text_of(convention.fin),
        signature=text_of(convention.signature),
        phase=convention.get_phase_display(),
        mot_axe=convention.libelle_axe,
        mot_objectif=convention.libelle_objectif,
        mot_action=convention.libelle_action,
        couleur=convention.couleur,
        logo=convention.logo.name or "",
        precedente=previous.nom if previous else "",
    )


def cadrage(convention, rows) -> nodes.Cadrage:
    by_jalon = grouped(rows.documents, lambda row: row.jalon_id)
    of_meetings = {document.pk for row in rows.reunions for document in row.documents.all()}
    own = [
        row
        for row in rows.documents
        if row.fiche_id is None
        and row.volet_id is None
        and row.jalon_id is None
        and row.pk not in of_meetings
    ]
    return nodes.Cadrage(
        presentation=nodes.Texte(convention.presentation),
        jalons=tuple(
            nodes.Jalon(
                text_of(row.date), row.get_type_display(), row.intitule, documents(by_jalon[row.pk])
            )
            for row in rows.jalons
        ),
        signataires=tuple(_signataire(row) for row in rows.signataires),
        communes=tuple(rows.communes),
        documents=documents(own),
    )


def _signataire(row) -> nodes.Signataire:
    return nodes.Signataire(
        organisme=row.organisme,
        nom_court=row.nom_court,
        type=row.type,
        entree=text_of(row.entree),
        representants=tuple(str(person) for person in row.representants.all()),
    )
