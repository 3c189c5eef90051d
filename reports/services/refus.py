"""What the services of the bilans refuse: a sentence in French, nothing was written."""


class ArreteRefus(Exception):
    """A bilan that cannot be frozen."""


class BrouillonParti(ArreteRefus):
    """A draft that somebody froze or deleted meanwhile."""

    def __init__(self):
        super().__init__(
            "Ce brouillon n’existe plus : quelqu’un l’a arrêté ou supprimé entre-temps."
        )


class PartageRefus(Exception):
    """A link that cannot be given."""
