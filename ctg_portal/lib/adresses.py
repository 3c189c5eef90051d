"""Addresses found once: a page asks for dozens of them, most of them again and again."""

from functools import lru_cache

from django.conf import settings
from django.template.defaulttags import URLNode
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape


class AdresseNode(URLNode):
    """`{% url %}` that remembers; `as` goes the usual way, because it may find nothing."""

    def render(self, context):
        if self.asvar:
            return super().render(context)
        address = _reverse(
            get_urlconf() or settings.ROOT_URLCONF,
            get_script_prefix(),
            self.view_name.resolve(context),
            tuple(arg.resolve(context) for arg in self.args),
            tuple((name, value.resolve(context)) for name, value in self.kwargs.items()),
        )
        return conditional_escape(address) if context.autoescape else address


# Typed: 1 and True are one key otherwise, and two addresses.
@lru_cache(maxsize=8192, typed=True)
def _reverse(urlconf, prefix, view_name, args, kwargs) -> str:
    """The prefix is part of the key only: `reverse` reads it by itself."""
    return reverse(view_name, urlconf, args, dict(kwargs))
