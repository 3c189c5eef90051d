/* Drafts: what is typed in a form is kept in this browser until the server has confirmed it, and
   offered when the form opens again. Words: templates/components/brouillons.html. */
(() => {
  const { saisie, reserve } = window;
  if (!reserve) return;
  const DELAY = 400;
  const PATIENCE = 8000;
  const FORMS = "form.formulaire[method=post]";
  const PROBE = document.currentScript.src;
  const refused = document.querySelector(".resume-erreurs, .conflits") !== null;
  const states = new Map();
  let signedOut = false;

  // --- Keeping --------------------------------------------------------------------------------

  function adopt(state, key, draft) {
    state.key = key;
    Object.assign(state.ouvert, draft.ouvert);
    Object.assign(state.initial, draft.initial);
  }

  function save(form) {
    const state = states.get(form);
    clearTimeout(state.timer);
    state.timer = 0;
    if (signedOut) return;
    const saisi = saisie.valuesOf(form);
    const draft = { quand: Date.now(), saisi: {}, ouvert: {}, initial: {} };
    for (const [name, values] of Object.entries(saisi)) {
      if (saisie.same(values, state.ouvert[name])) continue;
      draft.saisi[name] = values;
      draft.ouvert[name] = state.ouvert[name];
      draft.initial[name] = state.initial[name];
    }
    if (Object.keys(draft.saisi).length) {
      state.key ??= state.prefix + Date.now();
      if (!reserve.put(state.key, draft)) say(form, "plein");
    } else if (state.key) {
      reserve.remove(state.key);
      state.key = null;
    }
  }

  function keep({ target }) {
    const state = states.get(target.form);
    if (!state) return;
    clearTimeout(state.timer);
    state.timer = setTimeout(save, DELAY, target.form);
  }

  function keepAll() {
    for (const [form, state] of states) if (state.timer) save(form);
  }

  // --- Offering -------------------------------------------------------------------------------

  function inWords(moment) {
    const date = new Date(moment);
    const minutes = String(date.getMinutes()).padStart(2, "0");
    const hour = `${date.getHours()}\u00a0h\u00a0${minutes}`;
    if (date.toDateString() === new Date().toDateString()) return `de ${hour}`;
    const day = date.toLocaleDateString("fr-FR", { day: "numeric", month: "long" });
    return `du ${day.replace(/^1 /, "1er ")} à ${hour}`;
  }

  function say(form, message, gestures = {}) {
    const { zone } = states.get(form);
    zone.replaceChildren(document.getElementById(`brouillon-${message}`).content.cloneNode(true));
    for (const [name, act] of Object.entries(gestures)) {
      zone.querySelector(`[data-geste=${name}]`).addEventListener("click", act);
    }
    return zone;
  }

  function show(form, key, draft) {
    const state = states.get(form);
    const take = () => {
      adopt(state, key, draft);
      saisie.restore(form, draft);
      offer(form);
    };
    const drop = () => {
      reserve.remove(key);
      offer(form);
      (state.zone.querySelector("button") ?? saisie.fieldsOf(form)[0]).focus();
    };
    const zone = say(form, "offert", { reprendre: take, jeter: drop });
    zone.querySelector("time").textContent = inWords(draft.quand);
    const moved = Object.keys(draft.ouvert).some(
      (name) => !saisie.same(draft.ouvert[name], state.ouvert[name]),
    );
    zone.querySelector("[data-change]").hidden = !moved;
  }

  /* Offer the newest draft that the page does not show; forget those that are stored by now. */
  function offer(form) {
    const state = states.get(form);
    const shown = saisie.valuesOf(form);
    state.zone.replaceChildren();
    for (const key of reserve.newestFirst(state.prefix)) {
      const draft = reserve.load(key);
      const names = Object.keys(draft.saisi);
      // A filter may show a part of the form only: half a draft is not offered.
      if (key === state.key || names.some((name) => !(name in shown))) continue;
      if (names.some((name) => !saisie.same(draft.saisi[name], shown[name]))) {
        show(form, key, draft);
        return;
      }
      const stored = names.every((name) => saisie.same(draft.saisi[name], state.stored[name]));
      if (state.key || (stored && !refused)) reserve.remove(key);
      else adopt(state, key, draft);
    }
  }

  // --- Sending --------------------------------------------------------------------------------

  /* "" when the portal answers, else the name of what to say. Any small file of ours will do. */
  async function obstacle() {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const { status } = await fetch(PROBE, { method: "HEAD", cache: "no-store", signal });
      return status < 500 ? "" : "portail";
    } catch {
      return navigator.onLine ? "portail" : "reseau";
    }
  }

  /* A form that cannot be sent would be replaced by the browser's own page of error: ask first. */
  async function send(form, submitter) {
    const state = states.get(form);
    state.asking = true;
    const problem = await obstacle();
    state.asking = false;
    if (problem) {
      const retry = () => form.requestSubmit(submitter);
      say(form, problem, { reessayer: retry }).querySelector("button").focus();
      return;
    }
    state.reached = true;
    form.requestSubmit(submitter);
    state.reached = false;
  }

  function onSubmit(event) {
    const form = event.target;
    const state = states.get(form);
    reserve.markSent(null);
    if (form.dataset.brouillons === "oublier") {
      signedOut = true;
      reserve.forgetAll();
    }
    if (!state || event.defaultPrevented) return;
    save(form);
    if (state.reached) {
      reserve.markSent(state.key);
      return;
    }
    event.preventDefault();
    if (!state.asking) send(form, event.submitter);
  }

  // --- A page opens ---------------------------------------------------------------------------

  /* The server's confirmation: the page that answers carries a success, and no form to mend. */
  function hearAnswer() {
    if (!reserve.sent) return;
    const success = document.querySelector(".avis[data-niveau=success]") !== null;
    if (success && !refused) reserve.remove(reserve.sent);
    const kept = reserve.load(reserve.sent) !== null;
    for (const words of document.querySelectorAll("[data-brouillon-garde]")) words.hidden = !kept;
  }

  function watch(form) {
    const prefix = reserve.prefixOf(form);
    if (!prefix || states.has(form) || form.querySelector("[type=password]")) return;
    const zone = Object.assign(document.createElement("div"), { className: "brouillon" });
    zone.setAttribute("role", "status");
    form.before(zone);
    const stored = saisie.valuesOf(form, true);
    const state = { prefix, zone, stored, ouvert: { ...stored }, initial: saisie.openingsOf(form) };
    states.set(form, state);
    const draft = refused && reserve.sent?.startsWith(prefix) && reserve.load(reserve.sent);
    if (draft) adopt(state, reserve.sent, draft);
    offer(form);
  }

  const watchAll = (place) => place.querySelectorAll(FORMS).forEach(watch);

  hearAnswer();
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
  document.addEventListener("visibilitychange", keepAll);
  window.addEventListener("pagehide", keepAll);
  // A form closed in its place may be opened again before its last words were kept.
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-refermer]")) keepAll();
  }, true);
  // Back from the browser's memory: the answer to what this page sent was never read.
  window.addEventListener("pageshow", ({ persisted }) => persisted && reserve.markSent(null));
  document.addEventListener("DOMContentLoaded", () => watchAll(document));
  document.addEventListener("htmx:load", ({ detail }) => watchAll(detail.elt));
})();
