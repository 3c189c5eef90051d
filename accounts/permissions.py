"""Who may change what belongs to the installation, and to no convention."""


def administers_installation(user) -> bool:
    """Only the administration of the installation says who runs it; every visitor reads it."""
    return user.is_authenticated and user.is_staff
