/* Buttons of in-place forms are hidden where htmx saves on change (.sans-script), and the forms of the
   plan stand in <noscript>. If htmx did not load, they come back: nothing may depend on a script that
   is not there. */
if (!window.htmx) {
  document.documentElement.classList.add("sans-htmx");
  for (const kept of document.querySelectorAll("noscript")) kept.outerHTML = kept.textContent;
}

/* An empty filter has nothing to say: the address of a filtered page stays short enough to send. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
});

/* A form that was opened in its place is taken away again; what was typed in it stays a draft. */
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-refermer]")?.closest(".en-place");
  if (!place) return;
  event.preventDefault();
  const address = place.querySelector("form").getAttribute("action");
  place.remove();
  document.querySelector(`[hx-get="${address}"]`)?.focus();
});

/* A form stands once on a page: asked for again, from wherever, it is gone back to. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const address = event.detail.elt.getAttribute("hx-get");
  const form = document.querySelector(`.en-place > form[action="${address}"]`);
  if (!form) return;
  event.preventDefault();
  [...form.elements].find((field) => field.type !== "hidden" && !field.disabled).focus();
});

/* A list that saves on change is replaced by the answer. While somebody types the words of a choice,
   or goes through them with the arrows, the change waits for a pause: sent at once, the list would be
   replaced under the next letter, and each step would be a line of the journal. */
const PAUSE = 600;
const STEPS = new Set(["ArrowDown", "ArrowUp", "Home", "End", "PageDown", "PageUp"]);
let choosing = null;
let isOwed = false;
let pause;

const settle = () => {
  clearTimeout(pause);
  const [list, owed] = [choosing, isOwed];
  [choosing, isOwed] = [null, false];
  if (owed && list.isConnected) list.dispatchEvent(new Event("change", { bubbles: true }));
};

document.addEventListener("keydown", ({ target, key, altKey, ctrlKey, metaKey }) => {
  if (!target.matches?.(".cellule select") || altKey || ctrlKey || metaKey) return;
  if (key.length > 1 && !STEPS.has(key)) return;
  if (choosing !== target) settle();
  choosing = target;
  clearTimeout(pause);
  pause = setTimeout(settle, PAUSE);
});

document.addEventListener("change", (event) => {
  if (event.target !== choosing || !event.isTrusted) return;
  event.stopImmediatePropagation();
  isOwed = true;
}, true);

document.addEventListener("focusout", ({ target }) => {
  if (target === choosing) settle();
});
