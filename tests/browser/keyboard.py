"""What a person does without a mouse."""

from playwright.sync_api import Locator, Page

MOST_STOPS = 250


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; AssertionError when the keyboard never reaches it."""
    wanted = target.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("element => document.activeElement === element", wanted):
            return
    raise AssertionError(f"le clavier n’atteint jamais {target}")


def choose(page: Page, select: Locator, words: str) -> None:
    """Reach a list with Tab and choose the value that begins with `words` by typing them."""
    tab_to(page, select)
    page.keyboard.type(words)


def sign_in_by_form(page: Page, email: str, password: str) -> None:
    """Fill in the sign-in form of the page shown, and send it with Enter."""
    tab_to(page, page.locator("input[name=login]"))
    page.keyboard.type(email)
    tab_to(page, page.locator("input[name=password]"))
    page.keyboard.type(password)
    page.keyboard.press("Enter")
