"""The sigles of the field and those of the pages, spelt out.

Only expansions that the published documents give or that the national texts settle; a sigle whose
meaning depends on the territory (a community of communes, a local association) is left out rather
than guessed.
"""

#: What a convention and its bilans are written with.
SIGLES = {
    "AAP": "appel à projets",
    "ABF": "architecte des bâtiments de France",
    "ALAE": "accueil de loisirs associé à l’école",
    "ALSH": "accueil de loisirs sans hébergement",
    "AMA": "assistante maternelle, assistant maternel",
    "Caf": "caisse d’allocations familiales",
    "CCAS": "centre communal d’action sociale",
    "CIAS": "centre intercommunal d’action sociale",
    "CLAS": "contrat local d’accompagnement à la scolarité",
    "CLS": "contrat local de santé",
    "Cnaf": "Caisse nationale des allocations familiales",
    "COG": "convention d’objectifs et de gestion",
    "COPIL": "comité de pilotage",
    "COTECH": "comité technique",
    "CPAM": "caisse primaire d’assurance maladie",
    "CTG": "convention territoriale globale",
    "EAJE": "établissement d’accueil du jeune enfant",
    "EHPAD": "établissement d’hébergement pour personnes âgées dépendantes",
    "EPCI": "établissement public de coopération intercommunale",
    "ETP": "équivalent temps plein",
    "EVS": "espace de vie sociale",
    "FPT": "fonds publics et territoires",
    "LAEP": "lieu d’accueil enfants-parents",
    "MAM": "maison d’assistantes maternelles",
    "MSA": "mutualité sociale agricole",
    "MSAP": "maison de services au public",
    "MSD": "maison des solidarités départementales",
    "PAEJ": "point d’accueil et d’écoute jeunes",
    "PEDT": "projet éducatif territorial",
    "PMI": "protection maternelle et infantile",
    "PRH": "pôle ressource handicap",
    "PVD": "Petites Villes de demain",
    "QF": "quotient familial",
    "RAM": "relais assistantes maternelles",
    "REAAP": "réseau d’écoute, d’appui et d’accompagnement des parents",
    "RERTR": "Réseau d’Entraide et de Relations de Terre Rouge",
    "RIPE": "relais petite enfance",
    "RPE": "relais petite enfance",
    "SDJES": "service départemental à la jeunesse, à l’engagement et aux sports",
    "SPIP": "service pénitentiaire d’insertion et de probation",
}

#: What only the pages of the portal say.
SIGLES_DU_PORTAIL = {
    "Cnil": "Commission nationale de l’informatique et des libertés",
    "CSV": "tableau en simple texte, que tout tableur ouvre",
    "MIT": "licence de logiciel libre du Massachusetts Institute of Technology",
    "ODS": "classeur au format ouvert, celui de LibreOffice",
    "OFL": "Open Font License, licence libre pour les caractères",
    "PDF": "document à lire et à imprimer, le même sur tous les appareils",
    "RGAA": "référentiel général d’amélioration de l’accessibilité",
    "SHA": "calcul d’une empreinte, qui change dès qu’un texte change",
    "SVG": "dessin qui reste net à toutes les tailles",
    "URL": "adresse d’une page",
    "XLSX": "classeur au format d’Excel",
    "ZIP": "archive qui réunit plusieurs fichiers",
}
TOUS = SIGLES | SIGLES_DU_PORTAIL
