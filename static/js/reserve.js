/* Drafts as the local storage of this browser holds them, one entry each, under the key
   "ctg:<person>:<address it is sent to>:<id of the form>:<number>":
   `saisi` the changed fields, `ouvert` what they held when opened, `initial` what their hidden
   opening fields held (lists of values by name of field), `quand` the time in milliseconds.
   `sent` is the draft that this window sent last, when the answer is the page that opens. */
window.reserve = (() => {
  const MOST = 50;
  const MOST_CHARACTERS = 1_000_000;
  const LONGEST = 30 * 24 * 3600 * 1000;
  const SENT = "ctg-envoi";
  let local, session;
  try {
    [local, session] = [window.localStorage, window.sessionStorage];
  } catch {
    return null;
  }
  const { personne } = document.body.dataset;
  const sent = session.getItem(SENT);

  function load(key) {
    try {
      return JSON.parse(local.getItem(key));
    } catch {
      return null;
    }
  }

  function remove(key) {
    local.removeItem(key);
  }

  function newestFirst(prefix = "ctg:") {
    const keys = Object.keys(local).filter((key) => key.startsWith(prefix));
    const aged = keys.map((key) => [load(key)?.quand ?? 0, key]);
    return aged.sort(([one], [other]) => other - one).map(([, key]) => key);
  }

  /* Only the drafts of who is signed in stay: a shared computer shows nobody another one's text. */
  function tidy() {
    let room = MOST_CHARACTERS;
    newestFirst().forEach((key, rank) => {
      room -= local.getItem(key).length;
      const fresh = (load(key)?.quand ?? 0) > Date.now() - LONGEST;
      const mine = key.startsWith(`ctg:${personne}:`);
      if (!mine || !fresh || rank >= MOST || room < 0) remove(key);
    });
  }

  /* False when there is no room for it, even without the older ones. */
  function put(key, draft) {
    for (;;) {
      try {
        local.setItem(key, JSON.stringify(draft));
        break;
      } catch {
        const oldest = newestFirst().findLast((other) => other !== key);
        if (!oldest) return false;
        remove(oldest);
      }
    }
    tidy();
    return local.getItem(key) !== null;
  }

  function markSent(key) {
    if (key) session.setItem(SENT, key);
    else session.removeItem(SENT);
  }

  function forgetAll() {
    newestFirst().forEach(remove);
  }

  /* undefined where nobody is signed in. */
  function prefixOf(form) {
    const path = new URL(form.getAttribute("action") ?? "", location).pathname;
    return personne && `ctg:${personne}:${path}:${form.getAttribute("id") ?? ""}:`;
  }

  markSent(null);
  if (personne) tidy();
  return { sent, load, remove, newestFirst, put, markSent, forgetAll, prefixOf };
})();
