"""Headers that Django and django-csp do not set by themselves."""

from django.utils.cache import add_never_cache_headers

# The portal needs none of them: a page that was tampered with may not ask for them either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


def browser_policy(get_response):
    """Give every response a Permissions-Policy and keep it from being read by other origins."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def no_store_once_signed_in(get_response):
    """Keep the pages of a signed-in person out of every cache (ASVS 5.0, 14.3.2).

    A view that sets Cache-Control itself (pictures, frozen bilans) keeps its own choice.
    """

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware
