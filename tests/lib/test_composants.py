"""Components of the pages: what a screen reader needs is there, and an error page never fails."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string

from ctg_portal.lib.templatetags.ctg import citation, citations

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ERROR_PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


class FicheForm(forms.Form):
    intitule = forms.CharField(label="Intitulé", help_text="Tel que signé.")
    motif = forms.ChoiceField(
        label="Motif", choices=[("", "–"), ("crise", "Crise")], required=False
    )
    suite = forms.ChoiceField(
        label="Suite", choices=[("poursuivre", "Poursuivre")], widget=forms.RadioSelect
    )
    cle = forms.BooleanField(label="Indicateur clé", required=False)
    cache = forms.CharField(widget=forms.HiddenInput, initial="x", required=False)


def champ(form: forms.Form, nom: str, **kwargs) -> str:
    return render_to_string("components/champ.html", {"champ": form[nom], **kwargs})


def test_a_field_has_its_label_help_and_error_tied_to_it():
    form = FicheForm({"intitule": ""})
    html = champ(form, "intitule")
    control = re.search(r"<input[^>]*>", html)[0]
    assert '<label for="id_intitule">' in html
    assert 'aria-invalid="true"' in control
    described = re.search(r'aria-describedby="([^"]*)"', control)[1].split()
    assert described == ["id_intitule_helptext", "id_intitule_error"]
    assert all(f'id="{name}"' in html for name in described)
    assert "(obligatoire)" in html
    assert html.index("<label") < html.index("faute") < html.index("<input") < html.index("aide")


def test_the_mention_of_a_required_field_can_be_left_out():
    assert "(obligatoire)" not in champ(FicheForm(), "intitule", sans_mention=True)
    assert "(obligatoire)" not in champ(FicheForm(), "motif")


def test_a_list_of_choices_is_a_group_with_a_legend():
    html = champ(FicheForm({"intitule": "x"}), "suite")
    assert "<fieldset" in html
    assert "<legend>Suite" in html
    assert html.count('id="id_suite"') == 1


def test_a_check_box_stands_before_its_words_and_a_hidden_field_alone():
    html = champ(FicheForm(), "cle")
    assert html.index("<input") < html.index("Indicateur clé")
    assert "<label" not in champ(FicheForm(), "cache")


def test_the_summary_of_errors_links_to_each_field_and_takes_the_focus():
    form = FicheForm({"intitule": ""})
    html = render_to_string("components/resume_erreurs.html", {"formulaire": form})
    assert "2 points à corriger" in html
    assert 'href="#id_intitule"' in html
    assert "autofocus" in html
    assert (
        render_to_string("components/resume_erreurs.html", {"formulaire": FicheForm()}).strip()
        == ""
    )


def test_what_a_person_typed_is_escaped_in_a_notice():
    html = render_to_string("components/avis.html", {"texte": "<img src=x>", "niveau": "success"})
    assert "&lt;img" in html
    assert "<form" not in html


def test_a_notice_offers_to_undo_with_the_values_given():
    html = render_to_string(
        "components/avis.html",
        {
            "texte": "Enregistré.",
            "niveau": "success",
            "annuler": "/annuler/",
            "retour": "/plan/",
            "champs": [("suivi", "en_cours")],
            "csrf_token": "jeton",
        },
    )
    assert 'action="/annuler/"' in html
    assert 'name="suivi" value="en_cours"' in html
    assert 'name="retour" value="/plan/"' in html
    assert 'name="csrfmiddlewaretoken" value="jeton"' in html


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_nothing_from_the_context(name):
    html = render_to_string(name, {})
    assert html.count("<h1>") == 1
    assert '<html lang="fr"' in html
    assert "Erreur " in html


@pytest.mark.parametrize("printed", ["+36 jours", "« +36 jours »", "«\u00a0+36 jours\u00a0»"])
def test_words_of_a_document_are_a_quotation_whose_marks_are_drawn_once(printed):
    assert citation(printed) == "<q>+36 jours</q>"


def test_a_sentence_keeps_its_words_around_what_it_quotes():
    said = citations("Il annonce «\u00a0+36 <i>\u00a0» ; puis « 34 », enfin » et «.")
    assert said == "Il annonce <q>+36 &lt;i&gt;</q> ; puis <q>34</q>, enfin » et «."


def test_words_that_begin_and_end_with_two_quotations_keep_their_own_marks():
    assert citation("« un » et « deux »") == "<q>« un » et « deux »</q>"
