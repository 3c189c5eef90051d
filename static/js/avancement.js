/* While a file is read or imported, the page says so, and how far it is where it can ask.
   Markup: templates/pilotage/echanges/_avancement.html. Without this script the answer just takes
   its time. */
(() => {
  const EVERY = 500;

  function begin(form, zone) {
    const step = zone.querySelector("[data-etape]");
    const bar = zone.querySelector("progress");
    const address = zone.dataset.avancement;
    const body = new FormData(form);
    zone.hidden = false;
    step.textContent = "Lecture du fichier…";
    bar.removeAttribute("value");

    async function ask() {
      try {
        const answer = await fetch(address, { method: "POST", body });
        if (answer.status === 200) {
          const { texte, part } = await answer.json();
          if (step.textContent !== texte) step.textContent = texte;
          if (part !== null) bar.value = part;
        }
      } catch {
        // The page itself is waiting for the answer that matters.
      }
      setTimeout(ask, EVERY);
    }
    if (address) setTimeout(ask, EVERY);
  }

  document.addEventListener("submit", (event) => {
    const zone = event.target.querySelector("[data-avancement]");
    if (zone && !event.defaultPrevented) begin(event.target, zone);
  });
  // Back from the browser's memory: nothing is under way.
  window.addEventListener("pageshow", () => {
    for (const zone of document.querySelectorAll("[data-avancement]")) zone.hidden = true;
  });
})();
