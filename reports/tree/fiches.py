"""From the rows of a fiche to its node."""

from collections import defaultdict
from decimal import Decimal
from pathlib import PurePosixPath

from actions.enums import Atteint, Objectifs, Origine, Suivi
from actions.enums import Realisation as StatutRealisation
from ctg_portal.lib.typographie import nombre

from . import nodes
from .exercice import Exercice
from .loading import Rows, grouped

NOUVELLES = frozenset({Origine.NOUVELLE, Origine.AVENANT})
IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})


def text_of(date) -> str:
    return str(date or "")


def statut(choices, value: str) -> nodes.Statut:
    aspect = choices.apparence_of(value)
    return nodes.Statut(str(value), aspect.label, aspect.icone, aspect.ton)


def comptes(fiches) -> nodes.Comptes:
    """Counts of one list of fiches; each status keeps a line for "non renseigné"."""

    def count(choices, field):
        values = [getattr(fiche, field) for fiche in fiches]
        return tuple(
            nodes.Compte(statut(choices, value), values.count(value))
            for value in (*choices.values, "")
        )

    return nodes.Comptes(
        fiches=len(fiches),
        nouvelles=sum(fiche.origine in NOUVELLES for fiche in fiches),
        suivi=count(Suivi, "suivi"),
        realisation=count(StatutRealisation, "realisation"),
        objectifs=count(Objectifs, "objectifs_atteints"),
    )


def document(row) -> nodes.Document:
    """A document that may leave the portal.

    An image without an explicit yes keeps its caption only, whatever the queries let through: the
    picture is then as good as missing.
    """
    name = row.fichier.name or ""
    is_image = PurePosixPath(name).suffix.lower() in IMAGES
    return nodes.Document(
        legende=row.legende,
        credit=row.credit,
        alt=row.alt,
        lien=row.lien,
        image=name if is_image and row.droit_image else "",
        fichier="" if is_image else PurePosixPath(name).name,
    )


def documents(rows) -> tuple[nodes.Document, ...]:
    return tuple(document(row) for row in rows)


class FicheBuilder:
    """Builds the nodes of the fiches of one convention, from what was loaded once for all."""

    def __init__(self, rows: Rows, exercice: Exercice, renvois):
        self.exercice = exercice
        self.renvois = renvois
        self.series = rows.series
        self.documents_by_volet = grouped(rows.documents, lambda row: row.volet_id)
        self.documents_by_fiche = grouped(
            [row for row in rows.documents if row.volet_id is None], lambda row: row.fiche_id
        )
        self.reunions_by_fiche = defaultdict(list)
        for reunion in rows.reunions:
            for row in reunion.fiches.all():
                self.reunions_by_fiche[row.pk].append(reunion)

    def build(self, fiche) -> nodes.Fiche:
        renvoi = self.renvois[fiche.pk]
        done = [row for row in fiche.realisations.all() if self.exercice.holds(row.date)]
        return nodes.Fiche(
            pk=fiche.pk,
            ancre=renvoi.ancre,
            repere=renvoi.repere,
            liees=tuple(
                self.renvois[row.pk] for row in fiche.fiches_liees.all() if row.pk in self.renvois
            ),
            volets=tuple(self._volet(row, done) for row in fiche.volets.all()),
            realisations=tuple(_realisation(row) for row in done if row.volet_id is None),
            points_etape=tuple(
                nodes.PointEtape(row.exercice, nodes.Texte(row.texte))
                for row in fiche.points_etape.all()
                if self.exercice.is_year(row.exercice)
            ),
            indicateurs=tuple(self.series.fiches[fiche.pk]),
            reunions=tuple(
                _reunion_de_fiche(row)
                for row in self.reunions_by_fiche[fiche.pk]
                if self.exercice.holds(row.date)
            ),
            documents=documents(self.documents_by_fiche[fiche.pk]),
            **_own_fields(fiche),
            **_surroundings(fiche),
        )

    def _volet(self, volet, done) -> nodes.Volet:
        return nodes.Volet(
            titre=volet.titre,
            texte=nodes.Texte(volet.texte),
            realisations=tuple(_realisation(row) for row in done if row.volet_id == volet.pk),
            documents=documents(self.documents_by_volet[volet.pk]),
            indicateurs=tuple(self.series.volets[volet.pk]),
        )


def _own_fields(fiche) -> dict:
    """What the row of the fiche itself says."""
    texts = ("analyse_ecarts", "contexte", "public", "moyens", "echeancier")
    rich = {name: nodes.Texte(getattr(fiche, name)) for name in texts}
    return {
        "code": fiche.code,
        "intitule": fiche.intitule,
        "intitule_court": fiche.intitule_court,
        "origine": fiche.get_origine_display(),
        "nouvelle": fiche.origine in NOUVELLES,
        "dans_synthese": fiche.dans_synthese,
        "suivi": statut(Suivi, fiche.suivi),
        "realisation": statut(StatutRealisation, fiche.realisation),
        "objectifs": statut(Objectifs, fiche.objectifs_atteints),
        "motif_ecart": fiche.get_motif_ecart_display(),
        "menee_par": fiche.get_menee_par_display(),
        "suite": fiche.get_suite_display(),
        "debut": text_of(fiche.debut),
        "fin": text_of(fiche.fin),
        "elu_referent": fiche.elu_referent,
        "precedente": _precedente(fiche.precedente),
        "analyse": rich.pop("analyse_ecarts"),
        **rich,
    }


def _surroundings(fiche) -> dict:
    """Who and what stands around it, and what it promised."""
    return {
        "pilotes": tuple(pilote.nom for pilote in fiche.pilotes.all()),
        "partenaires": tuple(
            nodes.Partenaire(row.organisme, row.role) for row in fiche.partenaires.all()
        ),
        "communes": tuple(commune.nom for commune in fiche.communes.all()),
        "thematiques": tuple(thematique.nom for thematique in fiche.thematiques.all()),
        "resultats": tuple(_resultat(row) for row in fiche.resultats_attendus.all()),
        "financements": _financements(fiche),
    }


def _precedente(fiche) -> str:
    if fiche is None:
        return ""
    title = f"{fiche.repere} {fiche.intitule}".strip()
    return f"{title} ({fiche.axe.convention.nom})"


def _resultat(row) -> nodes.Resultat:
    return nodes.Resultat(
        texte=row.texte,
        texte_actuel=row.texte_actuel,
        niveau=row.niveau,
        intertitre=row.intertitre,
        atteint=statut(Atteint, row.atteint),
        renseigne=bool(row.atteint),
    )


def _realisation(row) -> nodes.Realisation:
    figure = (row.get_borne_display(), nombre(row.nombre), row.unite)
    return nodes.Realisation(
        date=text_of(row.date),
        lieu=row.lieu,
        texte=nodes.Texte(row.texte),
        niveau=row.niveau,
        chiffre=" ".join(part for part in figure if part) if row.nombre is not None else "",
    )


def _financements(fiche) -> nodes.Financements:
    """Lines, and one total per nature: what is planned and what is paid never add up."""
    titles = {volet.pk: volet.titre for volet in fiche.volets.all()}
    lines = tuple(
        nodes.Financement(
            financeur=row.financeur,
            objet=row.objet,
            volet=titles.get(row.volet_id, ""),
            montant=row.montant,
            annee=row.annee,
            nature=row.get_nature_display(),
        )
        for row in fiche.financements.all()
    )
    totals: dict[str, Decimal] = {}
    for line in lines:
        if line.montant is not None:
            totals[line.nature] = totals.get(line.nature, Decimal(0)) + line.montant
    unknown = sum(line.montant is None for line in lines)
    return nodes.Financements(lines, tuple(totals.items()), unknown)


def _reunion_de_fiche(reunion) -> nodes.ReunionDeFiche:
    count = reunion.nombre_participants
    return nodes.ReunionDeFiche(
        date=text_of(reunion.date),
        titre=reunion.titre or ", ".join(row.nom for row in reunion.instances.all()),
        lieu=reunion.lieu,
        participants=f"{count} participants" if count and count > 1 else "",
        etat=reunion.get_etat_display(),
    )
