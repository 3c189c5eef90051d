"""Links that give a bilan to read: their life, who gives them, what they never show."""

import datetime
import io
import logging
import re

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from actions.enums import Portee
from axes.enums import Role
from journal.models import Entree
from reports import canonical
from reports.models import Partage
from reports.services.arretes import corriger
from reports.services.partages import DUREE, DUREE_MAX, count_opening, share, withdraw
from reports.services.refus import PartageRefus
from tests import factories as f

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2024, 3, 15, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def convention():
    fiche = f.FicheFactory(
        intitule="Le titre d’alors",
        notes_internes="Secret de la note",
        axe__convention__slug="pays-test",
        axe__convention__territoire="Pays de Test",
    )
    for portee in Portee:
        f.CommentaireFactory(fiche=fiche, texte="Secret du commentaire", portee=portee)
    return fiche.axe.convention


@pytest.fixture
def frozen(convention):
    return f.arrete_of(convention, 2023)


@pytest.fixture
def coordinatrice(convention):
    return f.member(convention, Role.COORDINATION)


@pytest.fixture
def coordination(client, coordinatrice):
    client.force_login(coordinatrice)
    return client


@pytest.fixture
def visitor():
    """Somebody without an account, in a browser of her own."""
    return Client()


def page_of(bilan):
    return reverse("reports:partages", args=[bilan.convention.slug, bilan.pk])


def give(coordination, bilan, **sent):
    """The path of a new link, read where the page shows it once."""
    sent = {"pour": "Caf d’Exemple", "expire_le": "14 avril 2024"} | sent
    response = coordination.post(page_of(bilan), sent)
    assert response.status_code == 200
    shown = re.search(r'value="http://testserver(/partages/[\w-]+/)"', response.content.decode())
    return shown[1]


def opened(visitor, path, **sent):
    response = visitor.post(path, sent)
    assert (response.status_code, response["Location"]) == (303, path)
    return visitor.get(path)


def words(response) -> str:
    """The page, without a difference between its spaces."""
    return response.content.decode().replace("\u00a0", " ")


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(content, "PNG")
    return content.getvalue()


def jeton_of(path):
    return path.split("/")[2]


# --- A life -----------------------------------------------------------------------------------


def test_the_life_cycle_of_a_share(coordination, coordinatrice, visitor, frozen, clock):
    path = give(coordination, frozen)
    door = visitor.get(path)
    assert door.status_code == 200
    assert "Bilan 2023" in words(door)
    assert "Le titre d’alors" not in words(door)

    page = words(opened(visitor, path))
    assert "Le titre d’alors" in page
    assert "jusqu’au 14 avril 2024" in page
    listed = words(coordination.get(page_of(frozen)))
    assert "1 ouverture, la dernière le 15 mars 2024" in listed

    clock.move_to(datetime.datetime(2024, 4, 14, 21, 59, tzinfo=datetime.UTC))
    assert "Le titre d’alors" in words(opened(visitor, path))
    clock.move_to(datetime.datetime(2024, 4, 14, 22, 1, tzinfo=datetime.UTC))
    assert visitor.get(path).status_code == visitor.post(path).status_code == 404
    coordination.force_login(coordinatrice)
    listed = words(coordination.get(page_of(frozen)))
    assert "Terminé depuis le 14 avril 2024" in listed
    assert "2 ouvertures, la dernière le 14 avril 2024" in listed


def test_a_withdrawn_link_closes_at_once_on_who_was_reading(coordination, visitor, frozen):
    path = give(coordination, frozen)
    assert opened(visitor, path).status_code == 200
    partage = Partage.objects.get()
    address = reverse("reports:partage_retirer", args=["pays-test", frozen.pk, partage.pk])
    assert address in words(coordination.get(page_of(frozen)))
    response = coordination.post(address, follow=True)
    assert "Le lien est retiré" in words(response)
    assert "Retiré le 15 mars 2024" in words(response)
    assert address not in words(response)
    for closed in (path, f"{path}html/"):
        assert visitor.get(closed).status_code == 404
    assert visitor.post(path).status_code == 404
    assert Partage.objects.get().ouvertures == 1
    again = coordination.post(address, follow=True)
    assert "Ce lien était déjà retiré." in words(again)
    assert Partage.objects.get().revoque_le == NOW


def test_the_link_is_shown_once_and_kept_nowhere(coordination, coordinatrice, convention, frozen):
    jeton = jeton_of(give(coordination, frozen, code="Mirabelle 7"))
    assert len(jeton) >= 43
    partage = Partage.objects.get()
    assert (partage.pour, partage.auteur) == ("Caf d’Exemple", coordinatrice)
    assert partage.expire_le == datetime.date(2024, 4, 14)
    kept = str(list(Partage.objects.values()))
    told = str(list(Entree.objects.of_convention(convention.pk).values()))
    shown_again = words(coordination.get(page_of(frozen)))
    for text in (kept, told, shown_again):
        assert jeton not in text
        assert "Mirabelle" not in text
        assert "Caf d’Exemple" in text
    for secret in (partage.jeton, partage.empreinte_code):
        assert secret not in told


def test_a_page_that_is_sent_again_gives_the_same_link(coordination, visitor, frozen):
    shown = coordination.get(page_of(frozen)).content.decode()
    demande = re.search(r'name="demande" value="([\w-]{20,})"', shown)[1]
    assert demande not in coordination.get(page_of(frozen)).content.decode()
    path = give(coordination, frozen, demande=demande, code="sésame-2024")
    assert give(coordination, frozen, demande=demande, code="sésame-2024") == path
    assert Partage.objects.count() == 1
    assert opened(visitor, path, code="sésame-2024").status_code == 200
    others = [{"pour": "MSA d’Exemple"}, {"expire_le": "15 avril 2024"}, {"code": "autre-code"}]
    given = [give(coordination, frozen, **{"demande": demande} | other) for other in others]
    assert len({path, *given}) == Partage.objects.count() == 4


def test_what_another_person_sends_is_another_link(client, coordination, convention, frozen):
    path = give(coordination, frozen, demande="la-meme-demande")
    client.force_login(f.member(convention, Role.COORDINATION))
    assert give(client, frozen, demande="la-meme-demande") != path


def test_a_page_that_is_sent_again_does_not_revive_a_withdrawn_link(coordination, frozen):
    give(coordination, frozen, demande="une-demande")
    withdraw(partage=Partage.objects.get(), now=NOW)
    sent = {"pour": "Caf d’Exemple", "expire_le": "14 avril 2024", "demande": "une-demande"}
    again = coordination.post(page_of(frozen), sent)
    assert "Ce lien a été retiré" in words(again)
    assert "http://testserver/partages/" not in words(again)
    assert Partage.objects.get().revoque_le == NOW


def test_the_journal_tells_a_link_and_its_end_but_no_opening(
    coordination, visitor, convention, coordinatrice, frozen
):
    path = give(coordination, frozen)
    before = set(Entree.objects.values_list("pk", flat=True))
    opened(visitor, path)
    assert set(Entree.objects.values_list("pk", flat=True)) == before
    partage = Partage.objects.get()
    coordination.post(reverse("reports:partage_retirer", args=["pays-test", frozen.pk, partage.pk]))
    entries = Entree.objects.of_convention(convention.pk).filter(content_type__model="partage")
    assert {entry.actor for entry in entries} == {coordinatrice}
    assert [list(entry.changes) for entry in entries.order_by("pk")][1] == ["revoque_le"]
    assert {entry.object_repr for entry in entries} == {
        "Caf d’Exemple, jusqu’au 14\u00a0avril 2024"
    }


# --- What a robot and a stranger get ----------------------------------------------------------


def test_reading_the_address_counts_nothing_and_opens_nothing(coordination, visitor, frozen):
    path = give(coordination, frozen)
    for _ in range(3):
        response = visitor.get(path)
        visitor.head(path)
    assert "<title>" in words(response)
    title = re.search(r"<title>(.*?)</title>", words(response), re.DOTALL)[1]
    assert "Test" not in title
    assert Partage.objects.get().ouvertures == 0
    file = visitor.get(f"{path}html/")
    assert (file.status_code, file["Location"]) == (303, path)


def test_one_browser_opens_it_once_for_as_long_as_a_session(coordination, visitor, frozen, clock):
    path = give(coordination, frozen)
    for _ in range(3):
        opened(visitor, path) if not visitor.cookies.get("partage") else visitor.get(path)
    assert Partage.objects.get().ouvertures == 1
    cookie = visitor.cookies["partage"]
    assert cookie["path"] == path
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "sessionid" not in visitor.cookies
    clock.shift(datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE + 3600))
    # A browser that would keep the cookie for longer is refused as well.
    kept = Client()
    kept.cookies["partage"] = cookie.value
    assert "Le titre d’alors" not in words(kept.get(path))


@pytest.mark.parametrize("jeton", ["inconnu", "0" * 64, "empreinte"])
def test_unknown_ended_and_withdrawn_are_one_and_the_same_answer(visitor, frozen, jeton):
    partage = f.PartageFactory(bilan=frozen)
    if jeton == "empreinte":
        # Whoever reads the database still has no link.
        jeton = partage.jeton
    _, ended = share_of(frozen, expire_le=TODAY)
    Partage.objects.filter(expire_le=TODAY).update(expire_le=TODAY - DAY)
    gone, withdrawn = share_of(frozen)
    withdraw(partage=gone, now=NOW)
    pages = [visitor.get(f"/partages/{one}/") for one in (jeton, ended, withdrawn)]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert "Ce lien n’est plus valable" in words(pages[0])
    assert pages[0].content == pages[1].content == pages[2].content
    assert "Pays de Test" not in words(pages[0])
    files = [visitor.get(f"/partages/{one}/html/") for one in (jeton, ended, withdrawn)]
    assert [file.status_code for file in files] == [404, 404, 404]


def share_of(bilan, **values):
    values = {"pour": "Msa d’Exemple", "expire_le": TODAY + DUREE} | values
    return share(bilan=bilan, auteur=f.UserFactory(), today=TODAY, **values)


def test_no_answer_is_kept_listed_or_told_to_another_site(coordination, visitor, frozen):
    path = give(coordination, frozen)
    door, unknown = visitor.get(path), visitor.get("/partages/inconnu/")
    opening = visitor.post(path)
    page, file = visitor.get(path), visitor.get(f"{path}html/")
    for response in (door, unknown, opening, page, file):
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] in {"no-referrer", "strict-origin"}
    assert page["Referrer-Policy"] == "no-referrer"
    # A form under "no-referrer" would be sent with "Origin: null", and refused.
    assert "<form" not in words(page)
    assert "style=" not in words(page)
    # Nobody is led to pages that ask for an account.
    assert "/conventions/" not in words(page)


def test_opening_one_link_opens_no_other(coordination, visitor, frozen):
    mine = give(coordination, frozen)
    other = f.FicheFactory(intitule="Secret d’ailleurs", axe__convention__territoire="Ailleurs")
    elsewhere = f.arrete_of(other.axe.convention, 2023)
    _, jeton = share_of(elsewhere)
    _, same = share_of(frozen)
    opened(visitor, mine)
    stolen = visitor.cookies["partage"].value
    for one in (jeton, same):
        forged = Client()
        forged.cookies["partage"] = stolen
        page = words(forged.get(f"/partages/{one}/"))
        assert "Ouvrir le bilan" in page
        assert "Secret" not in page
        assert forged.get(f"/partages/{one}/html/").status_code == 303


def test_a_link_shows_only_its_own_bilan(coordination, visitor, convention, frozen):
    fiche = convention.axes.get().fiches.get()
    fiche.intitule = "Le titre d’après"
    fiche.save()
    f.arrete_of(convention, 2024)
    page = words(opened(visitor, give(coordination, frozen)))
    assert "Le titre d’alors" in page
    assert "Le titre d’après" not in page


def test_nothing_internal_is_in_the_page_nor_in_the_file(coordination, visitor, convention, frozen):
    fiche = convention.axes.get().fiches.get()
    for legende, agreed in (("Une photo permise", True), ("Une photo sans accord", False)):
        f.DocumentFactory(
            convention=convention,
            fiche=fiche,
            legende=legende,
            est_photo=True,
            droit_image=agreed,
            fichier=ContentFile(picture(), f"{agreed}.png"),
        )
    path = give(coordination, f.arrete_of(convention, 2024))
    page = words(opened(visitor, path))
    file = visitor.get(f"{path}html/")
    assert file.status_code == 200
    assert (
        'filename="bilan-pays-test-2024-arrete-2024-03-15-v1.html"' in file["Content-Disposition"]
    )
    for text in (page, words(file)):
        assert "Le titre d’alors" in text
        assert "Secret" not in text
        assert "Une photo permise" in text
    assert words(file).count('src="data:image/') == 1
    assert "<img" not in page


def test_a_replaced_version_says_so_and_leads_nowhere_else(coordination, visitor, frozen):
    path = give(coordination, frozen)
    corriger(
        bilan=frozen,
        motif="Un chiffre était faux.",
        avis="Favorable",
        auteur=f.UserFactory(),
        now=NOW,
    )
    page = words(opened(visitor, path))
    assert "Cette version a été corrigée depuis." in page
    assert "Un chiffre était faux." not in page


def test_an_unreadable_arrete_is_a_page_and_not_an_accident(
    coordination, visitor, frozen, monkeypatch
):
    path = give(coordination, frozen)

    def refuse(*args):
        raise canonical.TexteIllisible("Ce bilan est au format 9.")

    visitor.post(path)
    monkeypatch.setattr(canonical, "read", refuse)
    response = visitor.get(path)
    assert response.status_code == 500
    assert "Rien n’est perdu" in words(response)


def test_a_draft_is_read_as_it_stands_and_says_that_it_is_one(coordination, visitor, convention):
    draft = f.BilanFactory(convention=convention, exercice=2023)
    path = give(coordination, draft)
    assert "Ce bilan est un brouillon." in words(opened(visitor, path))
    fiche = convention.axes.get().fiches.get()
    fiche.intitule = "Le titre d’après"
    fiche.save()
    page = words(visitor.get(path))
    assert "Le titre d’après" in page
    assert "Secret" not in page
    file = visitor.get(f"{path}html/")
    assert "brouillon-2024-03-15" in file["Content-Disposition"]
    assert "Le titre d’après" in words(file)


def test_what_a_draft_leaves_out_is_not_in_its_link(coordination, visitor, convention):
    left_out = f.FicheFactory(axe__convention=convention, intitule="Secret d’un autre axe")
    draft = f.BilanFactory(convention=convention)
    draft.axes.set(convention.axes.exclude(pk=left_out.axe_id))
    path = give(coordination, draft)
    for response in (opened(visitor, path), visitor.get(f"{path}html/")):
        assert "Le titre d’alors" in words(response)
        assert "Secret" not in words(response)


def test_the_link_to_a_draft_becomes_the_link_to_its_arrete(coordination, visitor, convention):
    draft = f.BilanFactory(convention=convention)
    path = give(coordination, draft)
    f.arrete_of(convention, 2023, brouillon=draft)
    page = words(opened(visitor, path))
    assert "arrêté le 15 mars 2024" in page
    assert "Ce bilan est un brouillon." not in page


# --- The code ---------------------------------------------------------------------------------


def test_a_link_with_a_code_says_nothing_before_it(coordination, visitor, frozen):
    path = give(coordination, frozen, code="Mirabelle 7")
    assert ", avec un code" in words(coordination.get(page_of(frozen)))
    for response in (
        visitor.get(path),
        visitor.post(path),
        visitor.post(path, {"code": "mirabelle 7"}),
    ):
        page = words(response)
        assert "Ouvrir le bilan" in page
        assert "Pays de Test" not in page
        assert "2023" not in page
    assert response.status_code == 422
    assert "Ce n’est pas le code de ce lien." in page
    assert visitor.get(f"{path}html/").status_code == 303
    assert Partage.objects.get().ouvertures == 0
    assert "Le titre d’alors" in words(opened(visitor, path, code=" Mirabelle 7 "))


def test_wrong_codes_are_counted_and_the_right_one_waits(coordination, visitor, frozen, clock):
    path = give(coordination, frozen, code="Mirabelle 7")
    wrong = [visitor.post(path, {"code": f"Mirabelle {n}"}).status_code for n in range(6)]
    assert wrong == [422] * 5 + [429]
    refused = visitor.post(path, {"code": "Mirabelle 7"})
    assert refused.status_code == 429
    assert "Trop d’essais manqués" in words(refused)
    # Another link does not wait.
    assert opened(visitor, give(coordination, frozen, code="Quetsche 12"), code="Quetsche 12")
    clock.shift(datetime.timedelta(minutes=6))
    assert opened(visitor, path, code="Mirabelle 7").status_code == 200


def test_right_codes_are_not_counted(coordination, frozen):
    path = give(coordination, frozen, code="Mirabelle 7")
    for _ in range(12):
        assert Client().post(path, {"code": "Mirabelle 7"}).status_code == 303
    assert Partage.objects.get().ouvertures == 12


def test_who_asks_too_often_waits(coordination, visitor, frozen):
    path = give(coordination, frozen)
    with override_settings(ACCOUNT_RATE_LIMITS={"partage": "2/m/ip"}):
        answers = [visitor.get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "noindex" in answers[2]["X-Robots-Tag"]


# --- The page of the coordination -------------------------------------------------------------


def test_the_page_of_an_arrete_leads_to_its_links(client, coordination, convention, frozen):
    assert page_of(frozen) in words(coordination.get(frozen.get_absolute_url()))
    for role in (Role.LECTEUR, Role.CONTRIBUTEUR, Role.REFERENT):
        client.force_login(f.member(convention, role))
        assert page_of(frozen) not in words(client.get(frozen.get_absolute_url()))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.LECTEUR, 403),
        (Role.CONTRIBUTEUR, 403),
        (Role.REFERENT, 403),
        (Role.COORDINATION, 200),
        (Role.ADMINISTRATION, 404),
    ],
)
def test_only_the_coordination_sees_gives_and_withdraws(client, convention, frozen, role, status):
    partage = f.PartageFactory(bilan=frozen, pour="Secret du destinataire")
    client.force_login(f.member(convention, role))
    page = client.get(page_of(frozen))
    assert page.status_code == status
    assert ("Secret du destinataire" in words(page)) == (status == 200)
    retirer = reverse("reports:partage_retirer", args=["pays-test", frozen.pk, partage.pk])
    assert (
        client.post(page_of(frozen), {"pour": "x", "expire_le": "avril 2024"}).status_code == status
    )
    assert client.post(retirer).status_code == (302 if status == 200 else status)
    partage.refresh_from_db()
    assert (partage.revoque_le is not None) == (status == 200)
    assert Partage.objects.count() == (2 if status == 200 else 1)


def test_the_bilan_and_the_links_of_another_convention_do_not_exist(coordination, frozen):
    elsewhere = f.PartageFactory(bilan=f.arrete_of(f.ConventionFactory()))
    beside = f.PartageFactory(bilan=f.BilanFactory(convention=frozen.convention))
    for bilan, partage in (
        (elsewhere.bilan, elsewhere),
        (frozen, elsewhere),
        (frozen, beside),
    ):
        address = reverse("reports:partage_retirer", args=["pays-test", bilan.pk, partage.pk])
        assert coordination.post(address).status_code == 404
    foreign = reverse("reports:partages", args=["pays-test", elsewhere.bilan.pk])
    assert coordination.get(foreign).status_code == 404
    assert coordination.post(foreign, {"pour": "x", "expire_le": "avril 2024"}).status_code == 404
    assert not Partage.objects.filter(revoque_le__isnull=False).exists()


def test_the_form_proposes_thirty_days(coordination, frozen):
    page = words(coordination.get(page_of(frozen)))
    assert 'value="14 avril 2024"' in page
    assert "15 mars 2025" in page
    assert "Aucun lien n’a encore été donné." in page


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"pour": ""}, "Pour qui : Ce champ est obligatoire."),
        ({"expire_le": ""}, "Jusqu’au : Ce champ est obligatoire."),
        ({"expire_le": "14 mars 2024"}, "Cette date est passée."),
        ({"expire_le": "16 mars 2025"}, "jusqu’au 15 mars 2025"),
        ({"expire_le": "bientôt"}, "Jusqu’au :"),
        ({"code": "court"}, "6 caractères"),
    ],
)
def test_what_cannot_be_given_is_said_and_what_was_typed_stays(coordination, frozen, sent, message):
    sent = {"pour": "Mairie de Saint-Exemple", "expire_le": "avril 2024"} | sent
    response = coordination.post(page_of(frozen), sent)
    page = words(response)
    assert response.status_code == 422
    assert message in page
    assert f'value="{sent["expire_le"]}"' in page or not sent["expire_le"]
    assert not Partage.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_do_not_grow(coordination, frozen, count, django_assert_num_queries):
    for _ in range(count):
        f.PartageFactory(bilan=frozen, auteur=f.UserFactory())
    # Session, person and grant, the bilan, its links.
    with django_assert_num_queries(5):
        coordination.get(page_of(frozen))


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_for_one_fiche_and_three(
    coordination, visitor, convention, count, django_assert_num_queries
):
    f.FicheFactory.create_batch(count, axe=convention.axes.get())
    path = give(coordination, f.arrete_of(convention, 2024))
    opened(visitor, path)
    # The link with its bilan, then its tree.
    with override_settings(ACCOUNT_RATE_LIMITS=False), django_assert_num_queries(2):
        visitor.get(path)
    # Before it is opened, its tree is not even read.
    with override_settings(ACCOUNT_RATE_LIMITS=False), django_assert_num_queries(1):
        Client().get(path)


# --- Services ---------------------------------------------------------------------------------


@pytest.mark.parametrize("expire_le", [TODAY - DAY, TODAY + DUREE_MAX + DAY])
def test_the_service_refuses_a_date_that_is_passed_or_too_far(frozen, expire_le):
    with pytest.raises(PartageRefus):
        share_of(frozen, expire_le=expire_le)
    assert not Partage.objects.exists()


def test_two_openings_at_once_are_two(frozen):
    partage, _ = share_of(frozen)
    same = Partage.objects.get(pk=partage.pk)
    count_opening(partage=partage, today=TODAY)
    count_opening(partage=same, today=TODAY)
    assert Partage.objects.get().ouvertures == 2


def test_a_deleted_draft_takes_its_links_with_it(visitor):
    draft = f.BilanFactory()
    _, jeton = share_of(draft)
    draft.delete()
    assert visitor.get(f"/partages/{jeton}/").status_code == 404


def test_who_gave_the_link_may_go(frozen):
    partage, jeton = share_of(frozen)
    partage.auteur.delete()
    partage.refresh_from_db()
    assert partage.auteur is None
    assert Client().get(f"/partages/{jeton}/").status_code == 200


def test_the_log_holds_no_living_token(coordination, visitor, frozen, monkeypatch):
    path = give(coordination, frozen, code="Mirabelle 7")
    (console,) = (one for one in logging.getLogger().handlers if one.name == "console")
    monkeypatch.setattr(console, "stream", io.StringIO())
    visitor.post(path, {"code": "faux faux"})
    told = console.stream.getvalue()
    assert "/partages/…/" in told
    assert jeton_of(path) not in told
