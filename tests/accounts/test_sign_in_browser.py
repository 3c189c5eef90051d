"""Signing in with a keyboard, in a real browser."""

from playwright.sync_api import expect

PASSWORD = "une phrase de passe"


def test_a_person_signs_in_with_the_keyboard_and_out_again(transactional_db, page, person):
    page.goto("/comptes/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator("input[name=login]").focus()
    page.keyboard.type(person.email)
    page.locator("input[name=password]").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/comptes/")
    expect(page.get_by_text(person.email)).to_be_visible()


def test_a_session_is_opened_without_the_form(transactional_db, page, sign_in, person):
    sign_in(page, person)
    page.goto("/comptes/")
    expect(page).to_have_url("/comptes/")
    expect(page.get_by_text(person.email)).to_be_visible()
