/* Notices: closed by hand, or by themselves after 20 seconds without the pointer or the focus.
   An error stays until it is closed. Without this script a notice stays until the next page. */
(() => {
  const DELAY = 20_000;

  function watch(notice) {
    if (notice.dataset.suivi) return;
    notice.dataset.suivi = "1";
    const close = notice.querySelector(".fermer");
    let timer = 0;
    const remove = () => {
      clearTimeout(timer);
      notice.remove();
    };
    const stop = () => clearTimeout(timer);
    const start = () => {
      stop();
      if (notice.dataset.niveau !== "error") timer = setTimeout(remove, DELAY);
    };
    if (close) {
      close.hidden = false;
      close.addEventListener("click", remove);
    }
    notice.addEventListener("mouseenter", stop);
    notice.addEventListener("mouseleave", start);
    notice.addEventListener("focusin", stop);
    notice.addEventListener("focusout", start);
    start();
  }

  /* After « Aller au contenu », the address of the answer keeps its fragment: the browser goes there
     once the page is loaded, and leaves aside what asks for the focus. */
  addEventListener("load", () => {
    if (!location.hash) return;
    requestAnimationFrame(() => document.querySelector("[role=alert][autofocus]")?.focus());
  });

  document.addEventListener("DOMContentLoaded", () => {
    const pile = document.getElementById("annonces");
    if (!pile) return;
    const watchAll = () => pile.querySelectorAll(".avis").forEach(watch);
    watchAll();
    new MutationObserver(watchAll).observe(pile, { childList: true });
  });
})();
