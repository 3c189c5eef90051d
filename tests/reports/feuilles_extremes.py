"""Trees whose sheets would need ten times their paper: every list long, every text at its limit."""

import dataclasses
from decimal import Decimal

from reports.tree import nodes
from reports.tree.nodes import Texte

from .extreme import ARABE, MOT_120, TEXTE_6000, TITRE_400, printable_tree, with_fiches

MOTS_160, MOTS_200 = TITRE_400[:160], TITRE_400[:200]
LONG = Texte(TEXTE_6000 + "\n\n" + "\n".join([f"- {MOT_120}"] * 40))
PARTIELLE = nodes.Statut("partiellement", "Partiellement réalisée", "carre-part", "part")
EN_PARTIE = nodes.Statut("en_partie", "Atteint en partie", "rond-part", "part")
PERDUE = "documents/disparue.jpg"


def crowded_fiche(fiche: nodes.Fiche) -> nodes.Fiche:
    """A fiche with too much of everything; its texts are as long as the portal lets them be."""
    fait = nodes.Realisation("du 23 au 27 août 2021", MOT_120, LONG, 1, "plus de 1 200 personnes")
    resultat = nodes.Resultat(
        TEXTE_6000[:2000], TEXTE_6000[:2000], 2, MOTS_200, EN_PARTIE, renseigne=True
    )
    series = tuple(
        dataclasses.replace(serie, intitule=TITRE_400[:300], unite=MOTS_160[:60])
        for serie in fiche.indicateurs
    )
    photo = nodes.Document(MOTS_200, MOTS_160, image=PERDUE)
    volet = nodes.Volet(TITRE_400[:300], LONG, (fait,) * 4, (photo,), series * 2)
    return dataclasses.replace(
        fiche,
        intitule=TITRE_400,
        repere="1." + "A" * 20,
        nouvelle=False,
        realisation=PARTIELLE,
        **dict.fromkeys(("contexte", "public", "moyens", "echeancier", "analyse"), LONG),
        motif_ecart="reprise hors période",
        menee_par="de façon transversale",
        suite="faire évoluer",
        pilotes=(MOT_120, ARABE, MOTS_160) * 3,
        elu_referent=MOTS_160,
        debut="du 23 au 27 août 2021",
        fin="printemps ou été 2023",
        partenaires=(nodes.Partenaire(MOTS_200, MOTS_200),) * 20,
        communes=(MOT_120,) * 40,
        thematiques=(MOT_120[:80],) * 10,
        liees=(nodes.Renvoi("fiche-1-1", "1." + "A" * 20, TITRE_400),) * 20,
        precedente=TITRE_400,
        resultats=(resultat,) * 30,
        realisations=(fait,) * 40,
        volets=(volet,) * 6,
        points_etape=tuple(nodes.PointEtape(year, LONG) for year in range(2018, 2024)),
        indicateurs=series * 4,
        financements=nodes.Financements(
            (), tuple((nature, Decimal("123456789.12")) for nature in ("prévu", "versé", "")), 12
        ),
        documents=(photo,) * 5,
    )


def crowded_tree(count: int = 40) -> nodes.Bilan:
    """One axe with too much of everything, and `count` such fiches."""
    tree = printable_tree()
    fiche = crowded_fiche(tree.fiches[0])
    fiches = [
        dataclasses.replace(fiche, ancre=f"fiche-1-{rank}", pk=rank) for rank in range(1, count + 1)
    ]
    tree = with_fiches(tree, fiches)
    (axe,) = tree.axes
    (full,) = axe.objectifs
    empty = dataclasses.replace(full, intitule=TITRE_400, fiches=())
    points = (nodes.Point(LONG),) * 20
    year = dataclasses.replace(
        axe.annees[0],
        forts=points,
        faibles=points,
        perspectives=points,
        phares=points,
        notes=points,
    )
    axe = dataclasses.replace(
        axe,
        ancre="axe-1",
        numero="1",
        mot="Axe",
        intitule=TITRE_400,
        intitule_court="",
        presentation=LONG,
        pilotes=(MOTS_160,) * 9,
        objectifs=(dataclasses.replace(full, intitule=TITRE_400), *[empty] * 20),
        annees=(year,),
    )
    return dataclasses.replace(tree, axes=(axe,))
