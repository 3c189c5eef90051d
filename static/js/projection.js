/* The presentation, one slide at a time: keys, buttons, swipes, notes, figures read again.
   The address says which slide (#d12): everything that moves changes it, and what is shown follows
   it, so that reload, back and links agree. Without this script the slides stand one under
   another. Markup: templates/reports/projection/. */
(() => {
  const EVERY = 60_000; // milliseconds between two looks for new figures
  const WAIT = 3_000; // for the next figure of a number, and before the bar leaves a full screen
  const SWIPE = 60; // pixels
  const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
  const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);

  const root = document.documentElement;
  const part = (name) => document.querySelector(`[data-${name}]`);
  const scene = part("scene");
  const help = part("aide");
  const letters = part("lettres");
  const isFrozen = !scene.dataset.etag; // an arrêté: nothing will change, nothing is read again
  const list = document.querySelector(".sommaire");
  let typed = "";
  let typing = 0;
  let resting = 0;

  // --- Which slide ---

  const slides = () => [...scene.children];
  const asked = () => Number(location.hash.slice(2)) || 1;
  const rank = () => Math.min(Math.max(asked(), 1), scene.childElementCount);

  function go(number) {
    const last = scene.childElementCount;
    const target = `#d${Math.min(Math.max(number, 1), last)}`;
    if (location.hash === target) return;
    location.hash = target;
    show(); // the event comes later: two quick presses are two slides
  }

  function show() {
    const number = rank();
    const total = scene.childElementCount;
    slides().forEach((slide, place) => {
      slide.hidden = place !== number - 1;
    });
    list.open = false;
    part("rang").textContent = `${number} / ${total}`;
    part("avance").value = number;
    part("avance").max = total;
    // Not disabled: the focus would be lost on the way.
    document.querySelector('[data-va="-1"]').ariaDisabled = String(number === 1);
    document.querySelector('[data-va="1"]').ariaDisabled = String(number === total);
    for (const link of list.querySelectorAll("a")) {
      if (link.hash === `#d${number}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const title = slides()[number - 1].dataset.titre;
    part("annonce").textContent = `Diapositive ${number} sur ${total} : ${title}`;
    scrollTo(0, 0);
  }

  /* Every picture is there when its turn comes, even if the network leaves meanwhile. */
  function load() {
    for (const picture of scene.querySelectorAll("img")) picture.loading = "eager";
  }

  // --- Figures read again ---

  async function read(whatever) {
    const headers = whatever ? {} : { "If-None-Match": scene.dataset.etag };
    let answer;
    try {
      answer = await fetch(location.pathname + location.search, { headers, cache: "no-store" });
    } catch {
      return tell("Portail injoignable : chiffres gardés", true);
    }
    if (answer.status === 304) return tell(`Chiffres de ${now()}`, whatever);
    const text = answer.ok && !answer.redirected ? await answer.text() : "";
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("[data-scene]");
    if (!fresh) return tell("Session fermée : chiffres gardés", true);
    const changed = replace(fresh, page.querySelector("[data-liste]"));
    return tell(`Chiffres de ${now()}`, whatever || changed);
  }

  /* The same slide stays, even where others came before it. True if anything is new. */
  function replace(fresh, names) {
    const key = slides()[rank() - 1].dataset.cle;
    const number = rank();
    scene.dataset.etag = fresh.dataset.etag;
    if (fresh.innerHTML === before) return false;
    before = fresh.innerHTML;
    scene.replaceChildren(...fresh.children);
    part("liste").replaceChildren(...names.children);
    const same = slides()
      .map((slide, place) => [slide.dataset.cle, place + 1])
      .filter(([found]) => found === key)
      .map(([, place]) => place)
      .sort((one, other) => Math.abs(one - number) - Math.abs(other - number));
    prepare();
    load();
    const place = same[0] || Math.min(number, scene.childElementCount);
    history.replaceState(null, "", `#d${place}`);
    show();
    return true;
  }

  const now = () => {
    const time = new Date();
    return `${time.getHours()}\u00a0h\u00a0${String(time.getMinutes()).padStart(2, "0")}`;
  };

  /* Shown always; said aloud where somebody asked, or should know. */
  function tell(words, aloud) {
    part("etat").textContent = words;
    if (aloud && part("annonce").textContent !== words) part("annonce").textContent = words;
  }

  // --- Notes, full screen, help, number typed ---

  function notes() {
    const shown = root.classList.toggle("avec-notes");
    part("notes").setAttribute("aria-pressed", String(shown));
    const some = slides()[rank() - 1].querySelector(".notes");
    if (shown) part("annonce").textContent = some ? "Notes montrées" : "Pas de note ici";
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.fullscreenEnabled) root.requestFullscreen();
  }

  function showHelp() {
    help.showModal();
    help.querySelector("button").focus();
  }

  function type(figure) {
    typed = (typed + figure).slice(-3);
    part("rang").textContent = `Aller à ${typed}`;
    clearTimeout(typing);
    typing = setTimeout(forget, WAIT);
  }

  function forget() {
    clearTimeout(typing);
    typed = "";
    show();
  }

  function escape() {
    if (typed) forget();
    else if (list.open) closeList();
    else if (document.fullscreenElement) document.exitFullscreen();
    else location.assign(part("quitter").href);
  }

  function closeList() {
    list.open = false;
    list.querySelector("summary").focus();
  }

  function enter(event) {
    if (!typed) return;
    event.preventDefault();
    const number = Number(typed);
    forget();
    go(number);
  }

  // --- Keys ---

  /* A slide that is longer than the window is read to its end before the next one comes. */
  function canScroll(forward) {
    const page = document.scrollingElement;
    const left = forward ? page.scrollHeight - innerHeight - page.scrollTop : page.scrollTop;
    return left > 1;
  }

  function move(event, forward) {
    const sideways = event.key.endsWith("Left") || event.key.endsWith("Right");
    const inside = event.target.closest(".notes, .sommaire[open]");
    const pressed = event.key === " " && event.target.closest("a, button, summary");
    if (pressed || (!sideways && (inside || canScroll(forward)))) return;
    event.preventDefault();
    go(rank() + (forward ? 1 : -1));
  }

  const KEYS = {
    Home: () => go(1),
    End: () => go(scene.childElementCount),
    Escape: escape,
    Enter: enter,
  };
  /* Whoever dictates to the machine can put them out (WCAG 2.1.4). */
  const LETTERS = {
    n: notes,
    ...(isFrozen ? {} : { r: () => read(true) }),
    f: fullScreen,
    "?": showHelp,
  };

  function press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || help.open) return;
    const figure = event.code.match(/^(?:Digit|Numpad)(\d)$/); // a French keyboard writes « & » for 1
    const isShifted = event.key === " " && event.shiftKey;
    if (BACK.has(event.key) || isShifted) move(event, false);
    else if (FORWARD.has(event.key)) move(event, true);
    else if (KEYS[event.key]) KEYS[event.key](event);
    else if (!letters.checked) return;
    else if (figure) type(figure[1]);
    else LETTERS[event.key.toLowerCase()]?.();
  }

  // --- Swipes, and the bar of a full screen ---

  let start = null;

  function touch(event) {
    // In a picture made larger with two fingers, one finger moves about.
    const isLarger = visualViewport.scale > 1.01;
    start = event.touches.length === 1 && !isLarger ? event.touches[0] : null;
  }

  function swipe(event) {
    if (!start || event.touches.length) return;
    const end = event.changedTouches[0];
    const [dx, dy] = [end.clientX - start.clientX, end.clientY - start.clientY];
    start = null;
    if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy)) go(rank() + (dx < 0 ? 1 : -1));
  }

  function wake() {
    root.classList.add("eveil");
    clearTimeout(resting);
    resting = setTimeout(() => root.classList.remove("eveil"), WAIT);
  }

  // --- What this browser remembers, if it may: whether the letters are keys ---

  const KEPT = "projection-lettres";

  function kept() {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  }

  function keep(choice) {
    try {
      localStorage.setItem(KEPT, choice);
    } catch {
      // The choice holds until the page is left.
    }
  }

  // --- Beginning ---

  function prepare() {
    for (const one of scene.querySelectorAll(".notes")) {
      one.open = true;
      one.querySelector("div").tabIndex = 0;
    }
  }

  let before = scene.innerHTML;
  letters.checked = kept() !== "non";
  root.classList.add("avec-script");
  for (const hidden of document.querySelectorAll(".barre [hidden]")) hidden.hidden = false;
  part("plein").hidden = !document.fullscreenEnabled;
  prepare();
  show();

  document.addEventListener("keydown", press);
  addEventListener("hashchange", show);
  addEventListener("load", load);
  scene.addEventListener("touchstart", touch, { passive: true });
  scene.addEventListener("touchend", swipe, { passive: true });
  document.addEventListener("pointermove", wake);
  document.addEventListener("fullscreenchange", () => {
    root.classList.toggle("plein", Boolean(document.fullscreenElement));
  });
  for (const button of document.querySelectorAll("[data-va]")) {
    button.addEventListener("click", () => go(rank() + Number(button.dataset.va)));
  }
  letters.addEventListener("change", () => {
    keep(letters.checked ? "oui" : "non");
  });
  part("notes").addEventListener("click", notes);
  part("relire")?.addEventListener("click", () => read(true));
  part("plein").addEventListener("click", fullScreen);
  part("touches").addEventListener("click", showHelp);
  list.addEventListener("toggle", () => {
    list.querySelector("[aria-current]").scrollIntoView({ block: "center" });
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) closeList();
  });
  if (!isFrozen) {
    setInterval(() => {
      if (!document.hidden) read(false);
    }, EVERY);
  }
})();
