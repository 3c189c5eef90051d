/* Round each text area with marks: buttons above, a preview below, and a paste that keeps the
   structure of what was copied. Words: templates/django/forms/widgets/texte_riche.html.
   All is typed by the browser's own command, so that Ctrl+Z takes it back and drafts see it. */
(() => {
  const DELAY = 300;
  const HEAVY = 2_000_000;
  const SHORTCUTS = { b: "gras", i: "italique", k: "lien" };

  // --- Typing ---------------------------------------------------------------------------------

  /* Put `text` in place of the characters from `start` to `end`, then select `chosen` of it. */
  function type(area, text, [start, end], chosen = [text.length, text.length]) {
    area.focus();
    area.setSelectionRange(start, end);
    const done = document.execCommand(text ? "insertText" : "delete", false, text);
    if (!done) {
      area.setRangeText(text, start, end);
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    area.setSelectionRange(start + chosen[0], start + chosen[1]);
  }

  const rangeOf = (area) => [area.selectionStart, area.selectionEnd];

  /* From the beginning of the first line that is selected to the end of the last one. */
  function linesOf(area) {
    const [start, end] = rangeOf(area);
    const { value } = area;
    const last = value.indexOf("\n", end > start && value[end - 1] === "\n" ? end - 1 : end);
    return [value.lastIndexOf("\n", start - 1) + 1, last < 0 ? value.length : last];
  }

  // --- Gestures -------------------------------------------------------------------------------

  const LINE = /^(\s*(?:[-*]\s|\d+[.)]\s)?\s*)(.*?)(\s*)$/;

  /* Marks stand against the words: not on the spaces round them, not across two lines. */
  function wrap(area, mark, sample) {
    const [start, end] = rangeOf(area);
    const chosen = area.value.slice(start, end);
    if (!chosen.trim()) {
      type(area, mark + sample + mark, [start, end], [mark.length, mark.length + sample.length]);
      return;
    }
    const size = mark.length;
    const around = area.value.slice(start - size, start) + area.value.slice(end, end + size);
    if (start >= size && around === mark + mark) {
      type(area, chosen, [start - size, end + size], [0, chosen.length]);
      return;
    }
    const isMarked = (words) =>
      words.startsWith(mark) && words.endsWith(mark) && words.length > 2 * size;
    const lines = chosen.split("\n").map((line) => line.match(LINE).slice(1));
    const undo = lines.every(([, words]) => !words || isMarked(words));
    const change = (words) => (undo ? words.slice(size, -size) : mark + words + mark);
    const text = lines.map(([a, words, b]) => a + (words && change(words)) + b).join("\n");
    type(area, text, [start, end], [0, text.length]);
  }

  function list(area, isNumbered) {
    const [start, end] = linesOf(area);
    const lines = area.value.slice(start, end).split("\n");
    const marker = isNumbered ? /^(\s*)\d+[.)]\s/ : /^(\s*)[-*]\s/;
    const written = lines.filter((line) => line.trim());
    const undo = written.length > 0 && written.every((line) => marker.test(line));
    let rank = 0;
    const changed = lines.map((line) => {
      if (undo) return line.replace(marker, "$1");
      if (!line.trim() && lines.length > 1) return line;
      rank += 1;
      return line.replace(/^(\s*)(?:[-*]\s|\d+[.)]\s)?/, `$1${isNumbered ? `${rank}. ` : "- "}`);
    });
    const text = changed.join("\n");
    // Without an empty line, the words that follow would belong to the last item.
    const next = area.value.slice(end + 1).split("\n", 1)[0];
    const gap = !undo && next.trim() && !/^\s*([-*]|\d+[.)])\s/.test(next) ? "\n" : "";
    type(area, text + gap, [start, end], [lines.length > 1 ? 0 : text.length, text.length]);
  }

  const ADDRESS = /^(https?:\/\/|mailto:)\S+$/i;
  const addressOf = (text) => {
    if (ADDRESS.test(text)) return text;
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return `mailto:${text}`;
    return /^www\.\S+$/i.test(text) ? `https://${text}` : "";
  };

  function link(area) {
    const [start, end] = rangeOf(area);
    const words = area.value.slice(start, end).trim() || "mots du lien";
    const address = addressOf(words) || "https://";
    const text = `[${words}](${address})`;
    // What remains to be typed is selected: the words if there were none, else the address.
    const chosen = start === end ? [1, 1 + words.length] : [words.length + 3, text.length - 1];
    type(area, text, [start, end], chosen);
  }

  /* `text` stands on its own, with an empty line before and after. */
  function typeApart(area, text, chosen) {
    const [start, end] = rangeOf(area);
    const before = area.value.slice(0, start).match(/\n{0,2}$/)[0].length;
    const after = area.value.slice(end).match(/^\n{0,2}/)[0].length;
    const head = start ? "\n".repeat(2 - before) : "";
    const tail = end < area.value.length ? "\n".repeat(2 - after) : "";
    const [from, to] = chosen ?? [text.length, text.length];
    type(area, head + text + tail, [start, end], [head.length + from, head.length + to]);
  }

  function table(area) {
    const text = "| Colonne 1 | Colonne 2 |\n| --- | --- |\n| … | … |";
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
    typeApart(area, text, [2, 11]);
  }

  const GESTURES = {
    gras: (area) => wrap(area, "**", "mots en gras"),
    italique: (area) => wrap(area, "*", "mots en italique"),
    liste: (area) => list(area, false),
    numeros: (area) => list(area, true),
    lien: link,
    tableau: table,
  };

  /* Enter goes on with the list; on an item without words, it ends it with an empty line. */
  function goOn(area, event) {
    const [start, end] = rangeOf(area);
    const line = area.value.slice(area.value.lastIndexOf("\n", start - 1) + 1, start);
    const [found, indent, marker, rank] = line.match(/^(\s*)(- |\* |(\d{1,3})\. )(?=.|$)/) ?? [];
    if (!found || start !== end) return;
    event.preventDefault();
    if (line.trim() === marker.trim()) type(area, "\n", [start - line.length, end]);
    else type(area, `\n${indent}${rank ? `${Number(rank) + 1}. ` : marker}`, [start, end]);
  }

  // --- Paste ----------------------------------------------------------------------------------

  function say(editor, name, number = "") {
    for (const words of editor.zone.querySelectorAll("[data-dit]")) {
      words.hidden = words.dataset.dit !== name;
      const place = words.querySelector("[data-nombre]");
      if (place) place.textContent = number.toLocaleString("fr-FR");
    }
  }

  /* What to put in the field, and what to say of it. */
  function readClipboard(data) {
    const html = data.getData("text/html");
    const plain = window.collage.readPlain(data.getData("text/plain"));
    if (!html) return [plain, ""];
    if (html.length > HEAVY) return [plain, "lourd"];
    const { texte, images, tableaux } = window.collage.read(html);
    return [texte || plain, (tableaux && "tableaux") || (images && "images") || ""];
  }

  function paste(editor, event) {
    const { area } = editor;
    const [start, end] = rangeOf(area);
    const chosen = area.value.slice(start, end);
    const [text, remark] = readClipboard(event.clipboardData);
    say(editor, remark);
    if (!text) return;
    event.preventDefault();
    // The browser would cut what is too long, without a word.
    const length = area.value.length - chosen.length + text.length;
    if (area.maxLength > 0 && length > area.maxLength) {
      say(editor, "long", length);
      return;
    }
    const isForWords = chosen && !chosen.includes("\n") && ADDRESS.test(text);
    const isApart = /^(\||- |\d+\. )/.test(text) && text.includes("\n");
    if (isForWords) type(area, `[${chosen}](${text})`, [start, end]);
    else if (isApart) typeApart(area, text);
    else type(area, text, [start, end]);
  }

  // --- Preview --------------------------------------------------------------------------------

  /* The server draws it as the page will: what is seen is what will be kept. */
  async function draw(editor) {
    const { area, preview, address } = editor;
    editor.asking?.abort();
    editor.asking = new AbortController();
    preview.hidden = !area.value.trim();
    if (preview.hidden || !preview.open || editor.drawn === area.value) return;
    const token = area.form?.elements.csrfmiddlewaretoken?.value ?? "";
    const texte = area.value;
    const body = new URLSearchParams({ texte, csrfmiddlewaretoken: token });
    try {
      const answer = await fetch(address, { method: "POST", body, signal: editor.asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      preview.querySelector(".texte").innerHTML = await answer.text();
      editor.drawn = texte;
      if (!editor.zone.querySelector("[data-dit=panne]").hidden) say(editor, "");
    } catch (error) {
      if (error.name !== "AbortError") say(editor, "panne");
    }
  }

  function drawSoon(editor) {
    clearTimeout(editor.timer);
    editor.timer = setTimeout(draw, DELAY, editor);
  }

  // --- A field opens --------------------------------------------------------------------------

  /* One stop of the Tab key for all buttons; the arrows go from one to the next. */
  function walk(bar, event) {
    const buttons = [...bar.querySelectorAll("button")];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const place = buttons.indexOf(event.target);
    const next = { Home: 0, End: buttons.length - 1 }[event.key];
    if (!step && next === undefined) return;
    event.preventDefault();
    buttons.at(next ?? (place + step) % buttons.length).focus();
  }

  function press(area, event) {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const gesture = isShortcut && SHORTCUTS[event.key.toLowerCase()];
    if (gesture) {
      event.preventDefault();
      GESTURES[gesture](area);
    } else if (event.key === "Enter" && !isShortcut && !event.shiftKey && !event.isComposing) {
      goOn(area, event);
    }
  }

  function open(template) {
    const field = template.parentElement;
    const area = field.querySelector("textarea");
    const parts = template.content.cloneNode(true);
    const [bar, zone, preview] = parts.children;
    const editor = { area, zone, preview, address: template.dataset.apercu };
    field.querySelector("[data-sans-editeur]").hidden = true;
    template.remove();
    area.before(bar);
    area.after(zone, preview);
    bar.setAttribute("aria-controls", area.id);
    bar.querySelectorAll("button").forEach((button, rank) => {
      button.tabIndex = rank ? -1 : 0;
      button.addEventListener("focus", () => {
        for (const other of bar.children) other.tabIndex = other === button ? 0 : -1;
      });
      button.addEventListener("click", () => GESTURES[button.dataset.geste](area));
    });
    bar.addEventListener("keydown", (event) => walk(bar, event));
    area.addEventListener("keydown", (event) => press(area, event));
    area.addEventListener("paste", (event) => paste(editor, event));
    area.addEventListener("input", () => drawSoon(editor));
    preview.addEventListener("toggle", () => draw(editor));
    draw(editor);
  }

  const openAll = (place) => place.querySelectorAll("template[data-editeur]").forEach(open);

  document.addEventListener("DOMContentLoaded", () => openAll(document));
  document.addEventListener("htmx:load", ({ detail }) => openAll(detail.elt));
})();
