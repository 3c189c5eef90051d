/* The entry grid under the keyboard: moving, choosing a block, copying and pasting it, what each
   cell will be told, the change of its row. Without this script it is a plain form. */
(() => {
  const form = document.getElementById("grille");
  if (!form) return;
  const { read } = window.notation;
  const NBSP = "\u00a0";
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const state = document.getElementById("etat-grille");
  const thisYear = Number(form.dataset.annee);
  const heads = [...form.querySelectorAll("thead th[data-annee]")].map((th) => ({
    annee: Number(th.dataset.annee) || null,
    rang: Number(th.dataset.rang),
    hors: "hors" in th.dataset,
  }));
  // The columns stand kind by kind; changes follow time.
  const inTime = [...heads.keys()].sort((one, other) => heads[one].rang - heads[other].rang);
  const rows = [...form.querySelectorAll("tbody tr[data-decimales]")].map((tr) => ({
    decimales: Number(tr.dataset.decimales),
    unite: tr.dataset.unite,
    libre: "libre" in tr.dataset,
    cells: [...tr.querySelectorAll("td > input[type=text]")],
    change: tr.querySelector("output"),
  }));
  const places = new Map();
  rows.forEach((row, r) => row.cells.forEach((cell, c) => places.set(cell, [r, c])));
  const changed = new Set();
  let anchor = null;
  let corner = null;
  let undone = [];

  // --- Words ------------------------------------------------------------------------------------

  const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, NBSP);

  function inWords(size, decimals) {
    const digits = String(size).padStart(decimals + 1, "0");
    const whole = grouped(digits.slice(0, digits.length - decimals));
    return decimals ? `${whole},${digits.slice(-decimals)}` : whole;
  }

  function signed(value, decimals) {
    if (value === 0n) return inWords(0n, decimals);
    return `${value > 0n ? "+" : "−"}${NBSP}${inWords(value > 0n ? value : -value, decimals)}`;
  }

  /* As indicators.series.compare: one decimal, half up; the difference where it starts from zero. */
  function comparison(from, to, decimals) {
    const gap = to - from;
    if (from === 0n) return signed(gap, decimals);
    const size = from < 0n ? -from : from;
    const tenths = ((gap < 0n ? -gap : gap) * 2000n + size) / (2n * size);
    return `${signed(gap < 0n ? -tenths : tenths, 1)}${NBSP}%`;
  }

  // --- What a cell says ---------------------------------------------------------------------------

  const openingOf = (cell) => form.elements[`initial-${cell.name}`]?.value ?? "";

  function contents(cell, row) {
    try {
      return { values: read(cell.value, row), fault: "" };
    } catch (fault) {
      if (typeof fault !== "string") throw fault;
      return { values: [], fault };
    }
  }

  /* The measured number of a cell that a change may be computed from, else null. */
  function exact(cell, row, head) {
    const value = contents(cell, row).values.find(({ prevue }) => !prevue);
    const counts = value && head.annee !== null && !value.borne && value.max === null;
    return counts ? value.valeur : null;
  }

  function refreshChange(row) {
    const figures = inTime.map((c) => exact(row.cells[c], row, heads[c])).filter((f) => f !== null);
    const [from, to] = figures.slice(-2);
    row.change.textContent = figures.length > 1 ? comparison(from, to, row.decimales) : "–";
  }

  function doubts(cell) {
    const [r, c] = places.get(cell);
    const [row, head] = [rows[r], heads[c]];
    const { values } = contents(cell, row);
    const words = [];
    if (values.length && head.hors) words.push("période hors de la convention");
    if (values.some(({ prevue }) => prevue) && head.annee && head.annee < thisYear) {
      words.push("prévision pour une année passée");
    }
    const now = exact(cell, row, head);
    const earlier = inTime.filter((other) => heads[other].rang < head.rang);
    const figures = earlier.map((other) => exact(row.cells[other], row, heads[other]));
    const before = figures.filter((f) => f !== null).at(-1);
    if (now !== null && before) {
      const [a, b] = [now < 0n ? -now : now, before < 0n ? -before : before];
      if (a > 3n * b || b > 3n * a) words.push("plus de trois fois la valeur d’avant, ou moins du tiers");
    }
    return words;
  }

  function say(extra = "") {
    const cell = document.activeElement;
    const fault = places.has(cell) ? contents(cell, rows[places.get(cell)[0]]).fault : "";
    const count = changed.size;
    const counted = count ? `${count}${NBSP}case${count > 1 ? "s" : ""} modifiée${count > 1 ? "s" : ""}.` : "";
    const doubtful = places.has(cell) && cell.value && !fault ? doubts(cell).join(", ") : "";
    const doubted = doubtful ? `À vérifier${NBSP}: ${doubtful}.` : "";
    state.classList.toggle("faux", Boolean(fault));
    state.textContent = [counted, extra, fault, doubted].filter(Boolean).join(" ");
  }

  /* The message stands under the cell, where the server would write it. */
  function showFault(cell, fault) {
    const id = `e-${cell.name.replace("case-", "")}`;
    document.getElementById(id)?.remove();
    if (!fault) {
      cell.removeAttribute("aria-describedby");
      return;
    }
    const span = Object.assign(document.createElement("span"), { className: "faute", id });
    span.textContent = fault;
    cell.parentElement.append(span);
    cell.setAttribute("aria-describedby", id);
  }

  function refresh(cell, { settled = false } = {}) {
    const row = rows[places.get(cell)[0]];
    const { values, fault } = contents(cell, row);
    const isChanged = cell.value.trim() !== openingOf(cell).trim();
    changed[isChanged ? "add" : "delete"](cell);
    cell.parentElement.classList.toggle("changee", isChanged);
    cell.parentElement.classList.toggle("prevue", values.some(({ prevue }) => prevue));
    if (fault) cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    if (settled || !fault) showFault(cell, fault);
    refreshChange(row);
  }

  function put(cell, text) {
    cell.value = text;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    refresh(cell, { settled: true });
  }

  // --- Moving and choosing ------------------------------------------------------------------------

  const at = (r, c) => rows[r]?.cells[c];
  const isWhole = (cell) => cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;

  function block() {
    const [[r1, c1], [r2, c2]] = [places.get(anchor), places.get(corner)];
    const found = [];
    for (let r = Math.min(r1, r2); r <= Math.max(r1, r2); r += 1) {
      found.push(rows[r].cells.slice(Math.min(c1, c2), Math.max(c1, c2) + 1));
    }
    return found;
  }

  function paint() {
    for (const td of form.querySelectorAll("td.choisie")) td.classList.remove("choisie");
    if (anchor === corner) return;
    for (const cell of block().flat()) cell.parentElement.classList.add("choisie");
  }

  function go(cell) {
    cell?.focus();
    cell?.select();
  }

  function extend([dr, dc]) {
    const [r, c] = places.get(corner);
    const next = at(r + dr, c + dc);
    if (!next) return;
    corner = next;
    paint();
    corner.scrollIntoView({ block: "nearest", inline: "nearest" });
    const lines = block();
    say(`Bloc de ${lines.length} × ${lines[0].length}.`);
  }

  /* Inside a text that is being mended, the arrows move the caret until its end. */
  function leaves(cell, [, dc]) {
    if (!dc || isWhole(cell)) return true;
    const edge = dc < 0 ? 0 : cell.value.length;
    return cell.selectionStart === edge && cell.selectionEnd === edge;
  }

  function arrow(event, cell, move) {
    if (event.shiftKey ? move[1] && !isWhole(cell) : !leaves(cell, move)) return;
    event.preventDefault();
    const [r, c] = places.get(cell);
    if (event.shiftKey) extend(move);
    else go(at(r + move[0], c + move[1]));
  }

  function edge(event, cell) {
    const far = event.ctrlKey || event.metaKey;
    if (!far && !isWhole(cell)) return;
    event.preventDefault();
    const isHome = event.key === "Home";
    const row = far ? rows.at(isHome ? 0 : -1) : rows[places.get(cell)[0]];
    go(row.cells.at(isHome ? 0 : -1));
  }

  function empty(event) {
    if (anchor === corner) return;
    event.preventDefault();
    replace(block().flat().map((cell) => [cell, ""]));
  }

  function enter(event, cell) {
    event.preventDefault();
    const [r, c] = places.get(cell);
    if (event.ctrlKey || event.metaKey) form.requestSubmit();
    else go(at(r + (event.shiftKey ? -1 : 1), c));
  }

  function restore(event, cell) {
    event.preventDefault();
    corner = anchor;
    paint();
    put(cell, openingOf(cell));
    cell.select();
    say();
  }

  function onKey(event) {
    const cell = event.target;
    if (!places.has(cell) || event.isComposing || event.altKey) return;
    const { key } = event;
    if (MOVES[key]) arrow(event, cell, MOVES[key]);
    else if (key === "Enter") enter(event, cell);
    else if (key === "Home" || key === "End") edge(event, cell);
    else if (key === "Escape") restore(event, cell);
    else if (key === "F2") cell.setSelectionRange(cell.value.length, cell.value.length);
    else if (key === "Delete" || key === "Backspace") empty(event);
    else if (key === "z" && (event.ctrlKey || event.metaKey) && undone.length) {
      event.preventDefault();
      replace(undone.splice(0), { isUndo: true });
    }
  }

  // --- The clipboard ------------------------------------------------------------------------------

  /* A bare number goes out as a spreadsheet reads it: without spaces, with a plain minus sign. */
  function forSheet(text) {
    if (/^[−-]?\d[\d \u00a0\u202f]*(?:,\d+)?$/.test(text)) {
      return text.replace(/[ \u00a0\u202f]/g, "").replace("−", "-");
    }
    return /["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function onCopy(event) {
    const cell = event.target;
    if (!places.has(cell) || (anchor === corner && !isWhole(cell))) return;
    const lines = block().map((line) => line.map(({ value }) => forSheet(value)).join("\t"));
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
    if (event.type === "cut") replace(block().flat().map((one) => [one, ""]));
  }

  function readTable(text) {
    const cells = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]?)/gy;
    const table = [[]];
    const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (const [, quoted, plain, end] of source.matchAll(cells)) {
      table.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/\n/g, " ").trim());
      if (end === "\n") table.push([]);
      if (!end) break;
    }
    return table;
  }

  function onPaste(event) {
    const cell = event.target;
    if (!places.has(cell)) return;
    const table = readTable(event.clipboardData.getData("text/plain"));
    const width = Math.max(...table.map((line) => line.length));
    if (table.length === 1 && width === 1 && anchor === corner) return;
    event.preventDefault();
    const [r, c] = places.get(block()[0][0]);
    const beyond = [r + table.length - rows.length, c + width - heads.length];
    if (beyond[0] > 0 || beyond[1] > 0) {
      say(`Rien n’est collé${NBSP}: le bloc (${table.length} × ${width}) dépasse la grille.`);
      return;
    }
    const pairs = table.flatMap((line, dr) => line.map((text, dc) => [at(r + dr, c + dc), text]));
    replace(pairs);
    go(at(r, c));
    corner = at(r + table.length - 1, c + width - 1);
    paint();
    const bad = pairs.filter(([one]) => one.getAttribute("aria-invalid")).length;
    const toMend = bad ? ` ${bad}${NBSP}à corriger.` : "";
    say(`Bloc collé${NBSP}: ${pairs.length}${NBSP}cases.${toMend}`);
  }

  /* Write these texts in their cells; the way back is kept for Ctrl Z. */
  function replace(pairs, { isUndo = false } = {}) {
    undone = isUndo ? [] : pairs.map(([cell]) => [cell, cell.value]);
    for (const [cell, text] of pairs) put(cell, text);
    say();
  }

  form.addEventListener("keydown", onKey);
  for (const name of ["copy", "cut"]) form.addEventListener(name, onCopy);
  form.addEventListener("paste", onPaste);
  form.addEventListener("input", ({ target, isTrusted }) => {
    if (!places.has(target)) return;
    if (isTrusted) undone = [];
    refresh(target);
    say();
  });
  form.addEventListener("focusin", ({ target }) => {
    if (!places.has(target)) return;
    anchor = target;
    corner = target;
    paint();
    target.select();
    say();
  });
  form.addEventListener("focusout", ({ target }) => {
    if (places.has(target) && changed.has(target)) refresh(target, { settled: true });
  });
  for (const cell of places.keys()) {
    if (cell.value.trim() !== openingOf(cell).trim()) refresh(cell, { settled: true });
  }
  say();
})();
