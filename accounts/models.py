"""People who sign in. What they may do in a convention is granted in `axes` and `actions`."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

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
