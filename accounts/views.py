"""Pages of a person's own account; signing in and passwords are allauth's views."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.forms import MonCompteForm
from accounts.services import rename_person


@require_http_methods(["GET", "HEAD", "POST"])
def mon_compte(request):
    """Show and change one's own name; link to password and sign-out."""
    form = MonCompteForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        rename_person(user=request.user, nom=form.cleaned_data["nom"])
        messages.success(request, "Votre nom est enregistré.")
        return redirect("accounts:mon_compte")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/mon_compte.html", {"form": form}, status=status)
