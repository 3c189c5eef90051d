"""People who sign in, and who runs the installation.

What people may do in a convention is granted in `axes` and `actions`.
"""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from ctg_portal.lib.fields import DatePartielleField, RichTextField, TextField

from .enums import Conformite

EMAIL_TAKEN = "Un compte existe déjà avec cette adresse électronique."


def normalize_email(email):
    """Return the address as it is stored and compared: trimmed, in lower case."""
    return (email or "").strip().lower()


class UserManager(BaseUserManager):
    """Creates people, known by their e-mail address alone."""

    use_in_migrations = True

    def get_by_natural_key(self, email):
        return self.get(email=normalize_email(email))

    def create_user(self, email, password=None, **fields):
        """Return a new saved person; without a password she signs in by e-mailed code.

        Raises ValueError without an address, IntegrityError when the address is taken.
        """
        email = normalize_email(email)
        if not email:
            raise ValueError("Une adresse électronique est nécessaire.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Return a new administrator of the installation (`manage.py createsuperuser`)."""
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True, **fields}
        )


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. She gives no right on any convention by being there."""

    email = models.EmailField(
        "adresse électronique",
        unique=True,
        error_messages={"unique": EMAIL_TAKEN},
        help_text="Elle sert à se connecter et à recevoir les codes de connexion.",
    )
    nom = models.CharField(
        "nom complet",
        max_length=150,
        help_text="Prénom et nom, tels qu’ils apparaissent dans le journal et les bilans.",
    )
    is_active = models.BooleanField(
        "compte actif",
        default=True,
        help_text="Décocher cette case plutôt que de supprimer le compte : "
        "le journal garde ainsi le nom de la personne.",
    )
    is_staff = models.BooleanField(
        "administration de l’installation",
        default=False,
        help_text="Gère les comptes ; ne donne à soi seul aucun droit sur les conventions.",
    )
    date_joined = models.DateTimeField("compte créé le", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nom"]

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        ordering = ["nom", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message=EMAIL_TAKEN,
            ),
            models.CheckConstraint(
                condition=~models.Q(email=""),
                name="accounts_user_email_not_empty",
                violation_error_message="Une adresse électronique est nécessaire.",
            ),
        ]

    def __str__(self):
        return self.nom or self.email

    def save(self, *args, **kwargs):
        self.email = normalize_email(self.email)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.email = normalize_email(self.email)

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)


class Exploitant(models.Model):
    """Who runs this installation and what an audit found of it: one row, or none yet.

    Everything may stay empty: the public pages then say that it has to be filled in.
    """

    SEUL = 1
    #: Part of the criteria that have to be respected to be « partiellement conforme » (RGAA 4.1).
    TAUX_PARTIEL = 50

    cle = models.PositiveSmallIntegerField("clé", primary_key=True, default=SEUL, editable=False)
    nom = models.CharField(
        "nom", max_length=200, blank=True, help_text="La collectivité qui exploite ce portail."
    )
    adresse = TextField("adresse postale", max_length=500, blank=True)
    contact = models.CharField(
        "contact",
        max_length=200,
        blank=True,
        help_text="Adresse électronique ou téléphone, publié pour toute demande.",
    )
    publication = models.CharField(
        "direction de la publication",
        max_length=200,
        blank=True,
        help_text="Le nom ou la fonction, par exemple « La présidente ».",
    )
    hebergeur = TextField(
        "hébergeur",
        max_length=500,
        blank=True,
        help_text="Nom, adresse et téléphone, comme la loi le demande.",
    )
    dpo = models.CharField(
        "protection des données",
        max_length=200,
        blank=True,
        help_text="Comment joindre la déléguée ou le délégué à la protection des données.",
    )
    audit_date = DatePartielleField(
        "date de l’audit",
        blank=True,
        help_text="Le dernier audit d’accessibilité, par exemple « 9 octobre 2026 ».",
    )
    audit_taux = models.DecimalField(
        "taux de conformité",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="En %, tel que l’audit le donne.",
    )
    audit_auteur = models.CharField(
        "audit mené par", max_length=200, blank=True, help_text="Le nom de l’organisme."
    )
    accessibilite = RichTextField(
        "contenus non accessibles",
        max_length=5000,
        blank=True,
        help_text="Ce que l’audit a relevé, les dérogations, le schéma pluriannuel.",
    )
    mentions = RichTextField("autres mentions légales", max_length=5000, blank=True)
    donnees = RichTextField(
        "autres précisions sur les données personnelles", max_length=5000, blank=True
    )

    class Meta:
        verbose_name = "informations de l’exploitant"
        verbose_name_plural = "informations de l’exploitant"
        constraints = [
            models.CheckConstraint(
                condition=Q(cle=1),
                name="exploitant_une_seule_ligne",
                violation_error_message="Une installation a un seul exploitant.",
            ),
            models.CheckConstraint(
                condition=Q(audit_taux__gte=0) & Q(audit_taux__lte=100),
                name="exploitant_taux_de_0_a_100",
                violation_error_message="Le taux va de 0 à 100.",
            ),
            models.CheckConstraint(
                condition=Q(audit_date__isnull=True, audit_taux__isnull=True, audit_auteur="")
                | (Q(audit_date__isnull=False, audit_taux__isnull=False) & ~Q(audit_auteur="")),
                name="exploitant_audit_entier",
                violation_error_message="Un audit s’enregistre avec sa date, son taux et qui l’a "
                "mené, ou pas du tout.",
            ),
        ]

    def __str__(self):
        return self.nom or "exploitant à préciser"

    @classmethod
    def current(cls) -> "Exploitant":
        """The row of this installation, unsaved and empty while nobody filled it in. One query."""
        return cls.objects.filter(pk=cls.SEUL).first() or cls()

    @property
    def conformite(self) -> Conformite:
        """What may be written of the accessibility: « non conforme » until an audit says better."""
        if self.audit_taux is None or self.audit_taux < self.TAUX_PARTIEL:
            return Conformite.NON
        return Conformite.TOTALE if self.audit_taux == 100 else Conformite.PARTIELLE
