"""Series built in memory, without a database, as the tests of this folder need them."""

from decimal import Decimal

from axes.models import Convention
from ctg_portal.lib.dates import parse_date
from ctg_portal.lib.periodes import parse_periode
from indicators.models import Indicateur, Valeur
from indicators.series import Serie, build_serie


def convention(debut: str = "2019", fin: str = "2022") -> Convention:
    return Convention(slug="essai", debut=parse_date(debut), fin=parse_date(fin))


def valeur(periode: str, nombre=None, **champs) -> Valeur:
    nombre = None if nombre is None else Decimal(str(nombre))
    return Valeur(periode=parse_periode(periode), valeur=nombre, **champs)


def serie(valeurs, *, previsions=(), jusqua: int | None = None, **champs) -> Serie:
    """`valeurs` maps periods to numbers, or to `valeur(…)` for what a number does not say."""
    measured = [
        value if isinstance(value, Valeur) else valeur(periode, value)
        for periode, value in dict(valeurs).items()
    ]
    forecast = [
        valeur(periode, value, previsionnelle=True) for periode, value in dict(previsions).items()
    ]
    champs = {"intitule": "Fréquentation", "unite": "heures", "convention": convention(), **champs}
    return build_serie(Indicateur(pk=1, **champs), [*measured, *forecast], jusqua=jusqua)


LIMOGNE = {"2019": 7438, "2023": 21052}
LALBENQUE = {"2019": 30442, "2023": 36424}
JEUNES = {
    "2019": 1625,
    "2020": 1790,
    "2021": valeur("2021", 770, note="nombreuses périodes de fermeture"),
    "2022": 1715,
}
SPORT = {"2017": 58, "2018": 83, "2019": 77, "2020": 78, "2021": 78, "2022": 251}
QUERCY_CONTACTS = {"2021": valeur("2021", 9, partielle=True), "2022": 12}
