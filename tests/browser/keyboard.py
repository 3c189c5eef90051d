"""What a person does without a mouse."""

from collections.abc import Mapping

from playwright.sync_api import Locator, Page

MOST_STOPS = 250
MOST_TYPINGS = 3
FORGOTTEN = 1200  # milliseconds
NEXT_LINE = "Enregistrer, puis continuer la saisie"
# The field under the keyboard; a box of a group is told by its words.
FOCUSED = """() => {
    const field = document.activeElement;
    const isList = field.tagName === "SELECT";
    return {
        name: field.closest("main form") ? field.name : "",
        kind: field.tagName === "BUTTON" ? "button" : isList ? "list" : field.type,
        words: (field.labels?.[0] ?? field).textContent.trim().replaceAll(/\\s+/g, " "),
        checked: field.checked,
        chosen: isList ? field.selectedIndex : -1,
        offered: isList ? [...field.options].map((option) => option.text) : [],
    };
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; AssertionError when the keyboard never reaches it."""
    wanted = target.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("element => document.activeElement === element", wanted):
            return
    raise AssertionError(f"le clavier n’atteint jamais {target}")


def skip_to_content(page: Page) -> None:
    """On a page that has just opened, take the link that leaves the banner behind, if any."""
    if page.evaluate("document.activeElement !== document.body"):
        return
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.matches('.evitement')"):
        page.keyboard.press("Enter")


def follow(page: Page, target: Locator) -> None:
    """Reach a link or a button with Tab, press Enter, and wait for the page or form it opens."""
    if target.evaluate("element => element.closest('main') !== null"):
        skip_to_content(page)
    tab_to(page, target)
    if target.get_attribute("hx-get"):
        page.keyboard.press("Enter")
        page.locator(".en-place form").wait_for()
        if page.locator(".en-place [autofocus]").count():
            page.locator(".en-place :focus").wait_for()
        return
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, select: Locator, words: str) -> None:
    """Reach a list with Tab and choose the value that begins with `words` by typing them.

    A browser forgets what was typed after a second without a key: on a busy machine one has to
    type again, as anybody would.
    """
    tab_to(page, select)
    for _ in range(MOST_TYPINGS):
        page.keyboard.type(words)
        chosen = select.evaluate("list => list.selectedOptions[0].text.trim()")
        if chosen.casefold().startswith(words.casefold()):
            return
        page.wait_for_timeout(FORGOTTEN)
    raise AssertionError(f"« {words} » a donné « {chosen} »")


def fill_in(page: Page, values: Mapping[str, object], button: str = "Enregistrer") -> None:
    """Go through the form of the page with Tab, filling in fields by name, and send it.

    A text is put in as by a paste; a list takes the words of one option, a group of boxes a
    frozenset of the words to tick, a lone box a boolean. AssertionError when a field is never met,
    and when the server refuses the form.
    """
    left = dict(values)
    skip_to_content(page)
    for _ in range(MOST_STOPS):
        field = page.evaluate(FOCUSED)
        if field["kind"] == "button" and field["words"] == button:
            break
        if field["name"] in values:
            _put(page, field, values[field["name"]])
            _cross_out(left, field)
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"le clavier n’atteint jamais « {button} »")
    assert left == {}, f"champs jamais rencontrés : {left}"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    refused = page.locator(".resume-erreurs, .conflits")
    assert refused.count() == 0, refused.first.text_content()


def _cross_out(left: dict[str, object], field: dict) -> None:
    """A group of boxes is done with once each of its words was met."""
    name = field["name"]
    if isinstance(left.get(name), frozenset):
        left[name] -= {field["words"]}
    if not isinstance(left.get(name), frozenset) or not left[name]:
        left.pop(name, None)


def _put(page: Page, field: dict, value) -> None:
    if field["kind"] == "list":
        _move_to(page, field, value)
    elif field["kind"] == "radio":
        _pick(page, field, value)
    elif field["kind"] == "checkbox":
        wanted = value if isinstance(value, bool) else field["words"] in value
        if wanted != field["checked"]:
            page.keyboard.press("Space")
    else:
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(value)


def _pick(page: Page, field: dict, words: str) -> None:
    """The arrows go from one button of the group to the next, and choose it."""
    page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if field["words"].startswith(words):
            return
        page.keyboard.press("ArrowDown")
        field = page.evaluate(FOCUSED)
    raise AssertionError(f"aucun choix ne commence par « {words} »")


def _move_to(page: Page, field: dict, words: str) -> None:
    """Empty words are those of the first option, which chooses nothing."""
    gap = (field["offered"].index(words) if words else 0) - field["chosen"]
    for _ in range(abs(gap)):
        page.keyboard.press("ArrowDown" if gap > 0 else "ArrowUp")


def sign_in_by_form(page: Page, email: str, password: str) -> None:
    """Fill in the sign-in form of the page shown, and send it with Enter."""
    tab_to(page, page.locator("input[name=login]"))
    page.keyboard.type(email)
    tab_to(page, page.locator("input[name=password]"))
    page.keyboard.type(password)
    page.keyboard.press("Enter")
