/* The plan d’actions: statuses saved as they are chosen, the drawer under a row, the order of the
   fiches by drag or by button, a change that could not be sent. One listener for hundreds of rows,
   which have no form of their own: htmx would read each of them, and the browser each form. Without
   this script all of it is pages and forms. */
(() => {
  if (!window.htmx) return;
  const ROW = "tr[data-fiche]";
  const drawerOf = (row) => (row.nextElementSibling?.matches(".tiroir") ? row.nextElementSibling : null);
  const rowOf = (drawer) => drawer.previousElementSibling;
  const openerOf = (row) => row.querySelector("a.ouvrir");
  const addressOf = (row, what) => openerOf(row).pathname.replace(/tiroir\/$/, `${what}/`);
  const openingOf = (list) => [...list.options].find((option) => option.defaultSelected).value;
  const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

  /* Where a change comes back to, and which rows show its fiche. */
  const placeOf = ({ dataset }) => ({
    retour: location.pathname + location.search,
    ...(dataset.cles && { cles: dataset.cles }),
  });
  const token = () => document.querySelector("#lot [name=csrfmiddlewaretoken]").value;

  // --- Statuses ---------------------------------------------------------------------------------

  document.addEventListener("change", ({ target }) => {
    const row = target.matches("select") && target.closest(ROW);
    if (!row) return;
    const values = { ...placeOf(row), csrfmiddlewaretoken: token() };
    for (const list of row.querySelectorAll("select")) {
      values[`initial-${list.name}`] = openingOf(list);
      values[list.name] = list.value;
    }
    if (drawerOf(row)) values.ouvert = "1";
    htmx.ajax("POST", addressOf(row, "statuts"), { source: row, target: row, swap: "outerHTML", values });
  });

  // --- Drawers ----------------------------------------------------------------------------------

  function close(drawer) {
    const row = rowOf(drawer);
    drawer.remove();
    say(row);
    openerOf(row).focus();
  }

  async function open(row) {
    const address = openerOf(row).pathname;
    await htmx.ajax("GET", address, { target: row, swap: "afterend", values: placeOf(row) });
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("a.ouvrir");
    const closer = event.target.closest(".tiroir a.fermer");
    if (!(opener || closer) || !isPlain(event)) return;
    event.preventDefault();
    const row = opener?.closest(ROW);
    const drawer = closer ? closer.closest(".tiroir") : drawerOf(row);
    if (drawer) close(drawer);
    else open(row);
  });

  document.addEventListener("keydown", ({ key, target }) => {
    const drawer = key === "Escape" && target.closest(".tiroir");
    if (drawer) close(drawer);
  });

  /* A row says whether its drawer is open: to the sheet, and by what opens it. */
  function say(row) {
    const isOpen = drawerOf(row) !== null;
    row.classList.toggle("ouverte", isOpen);
    openerOf(row).setAttribute("aria-expanded", String(isOpen));
  }

  // --- Order ------------------------------------------------------------------------------------

  const siblings = (row) => [...row.parentElement.querySelectorAll(`:scope > ${ROW}`)];

  function put(row, beside, after) {
    const drawer = drawerOf(row);
    const anchor = after ? (drawerOf(beside) ?? beside) : beside;
    anchor[after ? "after" : "before"](row);
    if (drawer) row.after(drawer);
  }

  /* Move at once, put back if the server refuses. */
  async function move(row, beside, after) {
    const rows = siblings(row);
    const rank = rows.indexOf(row);
    if (row === beside || rows[rank + (after ? -1 : 1)] === beside) return;
    put(row, beside, after);
    const body = new URLSearchParams({
      ...placeOf(row),
      csrfmiddlewaretoken: token(),
      [after ? "apres" : "avant"]: beside.dataset.fiche,
    });
    let answer = null;
    try {
      answer = await fetch(addressOf(row, "deplacer"), { method: "POST", body, headers: { "HX-Request": "true" } });
    } catch {
      tellUnsent();
    }
    // Signed out meanwhile: the page says so better than a notice.
    if (answer?.redirected || answer?.status === 401) return location.reload();
    if (!answer?.ok) put(row, rank ? rows[rank - 1] : rows[1], rank > 0);
    if (answer) htmx.swap("#annonces", await answer.text(), { swapStyle: "innerHTML" });
  }

  document.addEventListener("submit", (event) => {
    const drawer = event.target.matches(".deplacer") ? event.target.closest(".tiroir") : null;
    const row = drawer && rowOf(drawer);
    if (!row?.matches(".rangs > *")) return;
    event.preventDefault();
    const rows = siblings(row);
    const after = event.submitter.value === "bas";
    const beside = rows[rows.indexOf(row) + (after ? 1 : -1)];
    if (!beside) return;
    move(row, beside, after);
    event.submitter.focus();
  });

  let carried = null;
  let mark = null;

  function unmark() {
    mark?.row.classList.remove("ici-avant", "ici-apres");
    mark = null;
  }

  function addHandle(row) {
    const cell = row.querySelector(".coche");
    if (!row.parentElement.matches(".rangs") || cell.querySelector(".poignee")) return;
    const handle = Object.assign(document.createElement("span"), { className: "poignee", draggable: true });
    handle.title = "Glisser pour déplacer";
    cell.prepend(handle);
  }

  document.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".poignee")) return;
    carried = event.target.closest(ROW);
    carried.classList.add("portee");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", carried.querySelector(".fiche a").textContent);
    event.dataTransfer.setDragImage(carried, 20, 20);
  });
  document.addEventListener("dragover", (event) => {
    const row = carried && event.target.closest?.(ROW);
    if (!carried || row?.parentElement !== carried.parentElement) return unmark();
    event.preventDefault();
    unmark();
    const { top, height } = row.getBoundingClientRect();
    mark = { row, after: event.clientY > top + height / 2 };
    row.classList.add(mark.after ? "ici-apres" : "ici-avant");
  });
  document.addEventListener("drop", (event) => {
    if (!carried || !mark) return;
    event.preventDefault();
    move(carried, mark.row, mark.after);
  });
  document.addEventListener("dragend", () => {
    unmark();
    carried?.classList.remove("portee");
    carried = null;
  });

  // --- What was not sent --------------------------------------------------------------------------

  /* A list shows again what is stored: nothing on the screen may look saved when it is not. */
  function tellUnsent(row = null) {
    for (const list of row?.querySelectorAll("select") ?? []) list.value = openingOf(list);
    const words = document.getElementById("plan-non-envoye").content.cloneNode(true);
    document.getElementById("annonces").replaceChildren(words);
  }

  function onFailure({ target, detail }) {
    // Answers that are shown: signed out, a conflict, a refused value.
    if ([401, 409, 422].includes(detail.xhr?.status)) return;
    tellUnsent(target.matches?.(ROW) ? target : null);
  }

  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(name, onFailure);
  }

  function arrange() {
    for (const row of document.querySelectorAll(ROW)) {
      say(row);
      addHandle(row);
    }
  }

  document.addEventListener("DOMContentLoaded", arrange);
  /* htmx takes leave of every element that it replaces, one by one: the old table goes at once. */
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.shouldSwap && detail.target.id === "resultats") detail.target.replaceChildren();
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    arrange();
    const saved = detail.requestConfig?.elt.closest?.(".tiroir");
    if (!saved || saved.isConnected) return;
    const row = document.getElementById(saved.id.replace("tiroir", "ligne"));
    if (row && !drawerOf(row)) openerOf(row).focus();
  });
})();
