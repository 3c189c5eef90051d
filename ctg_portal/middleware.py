"""What Django, django-csp and allauth do not do by themselves on every request."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

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


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page asks for a session, unless its view says otherwise; nothing typed is lost.

    Reading sends to the sign-in page and back. A form sent after the session has expired gets its
    texts back, to be copied, with the way to sign in; it is never sent again by itself.
    """

    def handle_no_permission(self, request, view_func):
        if request.method == "POST":
            if typed_values(request):
                return session_expired(request)
            # What this address takes is not a page to come back to.
            return redirect(sign_in_address(request))
        if is_htmx(request):
            # A fragment of the page must not become the sign-in page: the whole page goes there.
            return HttpResponse(headers={"HX-Redirect": sign_in_address(request)})
        return super().handle_no_permission(request, view_func)


def typed_values(request):
    """Return what somebody entered in the form that was sent, passwords apart."""
    return [
        value.strip()
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "next") and "password" not in name
        for value in request.POST.getlist(name)
        if value.strip()
    ]


def session_expired(request):
    """Answer 401 with the texts of the form that was sent, and the page it was sent from."""
    context = {
        # Choices and identifiers are made again in a second; a text is not.
        "textes": [value for value in typed_values(request) if " " in value],
        "page_de_depart": page_of_origin(request),
    }
    response = render(request, "session_expiree.html", context, status=401)
    if is_htmx(request):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML show:window:top"
    return response


def is_htmx(request):
    return request.headers.get("HX-Request") == "true"


def page_of_origin(request):
    """Return the path of our page that the request was sent from, the start page by default."""
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/"
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return "/"
    parts = urlsplit(address)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def sign_in_address(request):
    """Return the sign-in address that leads back to the page shown, not to its fragment."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page_of_origin(request)})}"
