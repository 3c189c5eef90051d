/* What a word processor or a web page puts on the clipboard, in the marks of our rich texts:
   paragraphs, lists, bold, italic, links and small tables (ctg_portal/lib/richtext.py).
   Pure: HTML in, text out. The document it is read in runs nothing and loads nothing. */
window.collage = (() => {
  const MOST_ROWS = 40;
  const MOST_COLUMNS = 8;
  const words = (list) => new Set(list.split(" "));
  const DROPPED = words(
    "SCRIPT X-STYLE HEAD TITLE META LINK TEMPLATE NOSCRIPT IFRAME OBJECT EMBED CANVAS VIDEO AUDIO " +
      "INPUT SELECT TEXTAREA BUTTON DEL COMMENT COL COLGROUP XML",
  );
  const PICTURES = words("IMG PICTURE SVG V:SHAPE");
  const BLOCKS = words(
    "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET " +
      "FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION " +
      "SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL",
  );
  const HIDDEN = /display:\s*none|mso-hide:\s*all|mso-list:\s*ignore|mso-element:\s*comment/;
  // Marks that stand already are no signs of the text.
  const SIGN = /\s|(?![*\\[\]])[\p{P}\p{S}]/u;
  const WORD = /[\p{L}\p{N}]/u;

  // --- Reading one element --------------------------------------------------------------------

  const styleOf = (element) => (element.dataset?.style ?? "").toLowerCase();
  const isList = ({ nodeName }) => nodeName === "UL" || nodeName === "OL";

  function isHidden(element) {
    const isRemark = /^mso(?:commentreference|comanchor)$/i.test(element.getAttribute("class"));
    return isRemark || HIDDEN.test(styleOf(element));
  }

  /* The format of an element: that of its parent, but for what its name or its style says. */
  function formatOf(element, { bold, italic, href }) {
    const style = styleOf(element);
    const name = element.nodeName;
    if (/^(B|STRONG|TH|H[1-6])$/.test(name)) bold = true;
    if (/^(I|EM|CITE|DFN)$/.test(name)) italic = true;
    const weight = style.match(/(?:^|[;\s])font-weight:\s*(\w+)/)?.[1];
    if (weight) bold = /^(bold|bolder|[6-9]00)$/.test(weight);
    const slant = style.match(/(?:^|[;\s])font-style:\s*(\w+)/)?.[1];
    if (slant) italic = slant !== "normal";
    if (name === "A") href = address(element.getAttribute("href"));
    return { bold, italic, href };
  }

  /* Only addresses that the server keeps; "" for every other one. */
  function address(href) {
    const found = (href ?? "").trim();
    if (!/^(https?:\/\/|mailto:)[^\s]/i.test(found)) return "";
    return found.replace(/[\s()<>\\|]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  }

  // --- Words and their format -----------------------------------------------------------------

  /* Everything that reads shares `note`, which counts what was left aside. */
  function readWords(node, format, note, words = []) {
    if (node.nodeType === Node.TEXT_NODE) {
      const isVerbatim = node.parentElement?.closest("pre") !== null;
      const flowing = node.data.replace(/[ \t\r\n\f]+/g, " ");
      const parts = isVerbatim ? node.data.split(/\r?\n/) : [flowing];
      parts.forEach((text, rank) => words.push({ text: (rank ? "\n" : "") + text, ...format }));
    } else if (node.nodeName === "BR") {
      words.push({ text: "\n", ...format });
    } else if (PICTURES.has(node.nodeName.toUpperCase())) {
      note.images += 1;
    } else if (node.nodeType === Node.ELEMENT_NODE && !isLeftOut(node)) {
      const inner = formatOf(node, format);
      if (BLOCKS.has(node.nodeName)) words.push({ text: " ", ...format });
      for (const child of node.childNodes) readWords(child, inner, note, words);
      if (BLOCKS.has(node.nodeName)) words.push({ text: " ", ...format });
    }
    return words;
  }

  const isLeftOut = (element) => DROPPED.has(element.nodeName.toUpperCase()) || isHidden(element);

  /* Characters that would become marks are marked as themselves; those that could not stay. */
  function protect(text) {
    return text
      .replace(/\\(?=[!-/:-@[-`{-~]|$)/gm, "\\\\")
      .replace(/\*(?=\S)|(?<=\S)\*/g, "\\*")
      .replace(/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, "\\_")
      .replace(/\]\(/g, "\\](");
  }

  const MARKS = {
    bold: (text) => `**${text}**`,
    italic: (text) => `*${text}*`,
    href: (text, href) => `[${text.replace(/(?<!\\)[[\]]/g, "\\$&")}](${href})`,
  };

  /* The words as text, grouped by address, then by bold, then by italic. */
  function write(words, keys = ["href", "bold", "italic"]) {
    if (!keys.length) return protect(words.map(({ text }) => text).join(""));
    const [key, ...rest] = keys;
    const groups = [];
    for (const word of words) {
      const last = groups.at(-1);
      const blank = !word.text.trim();
      if (last && (last.value === word[key] || (blank && last.value))) last.words.push(word);
      else groups.push({ value: word[key], words: [word] });
    }
    return groups
      .map((group, rank) => mark(group, key, rest, groups[rank - 1], groups[rank + 1]))
      .join("");
  }

  /* A mark next to a space, or between a sign and a letter, would not be read as a mark. */
  function mark({ value, words }, key, rest, previous, next) {
    const text = write(words, rest);
    if (!value || !text.trim()) return text;
    const outside = (neighbour) => (key !== "href" && WORD.test(neighbour ?? "") ? SIGN : /\s/);
    const head = outside(previous?.words.at(-1).text.at(-1));
    const tail = outside(next?.words[0].text[0]);
    let [start, end] = [0, text.length];
    while (start < end && head.test(text[start])) start += 1;
    while (end > start && tail.test(text[end - 1])) end -= 1;
    if (start === end) return text;
    return text.slice(0, start) + MARKS[key](text.slice(start, end), value) + text.slice(end);
  }

  function tidy(text) {
    return text
      .replace(/[ \u00a0]*\n[ \u00a0]*/g, "\n")
      .replace(/\u00a0* [ \u00a0]*|\u00a0{2,}/g, " ")
      .replace(/\n{2,}/g, "\n")
      .trim();
  }

  const NO_FORMAT = { bold: false, italic: false, href: "" };
  const textOf = (words) => tidy(write(words));

  // --- Blocks: paragraphs, items of lists, tables ---------------------------------------------

  const BULLET = /^[-–•·▪◦‣●○■□➢✓*\uf0b7\uf0a7][\s\u00a0]+/;
  const RANK = /^(\d{1,2})[.)][\s\u00a0]+/;

  /* A paragraph, or the item that somebody made by hand with a dash. */
  function paragraph(text) {
    if (!text) return [];
    if (BULLET.test(text)) return [item(0, "-", text.replace(BULLET, ""))];
    const [typed, rank] = text.match(RANK) ?? [];
    if (typed) return [item(0, `${rank}.`, text.slice(typed.length))];
    return [{ text: text.replace(/^(\+|\d+(?=[.)]\s))/gm, escapeStart) }];
  }

  const escapeStart = (start) => (start === "+" ? "\\+" : `${start}\\`);
  const item = (depth, marker, text) => ({ depth, marker, text });

  function readBlocks(parent, format, note) {
    const blocks = [];
    let words = [];
    const flush = () => {
      blocks.push(...paragraph(textOf(words)));
      words = [];
    };
    for (const node of parent.childNodes) {
      if (!holdsBlocks(node)) {
        readWords(node, format, note, words);
        continue;
      }
      flush();
      blocks.push(...readBlock(node, formatOf(node, format), note));
    }
    flush();
    return blocks;
  }

  function holdsBlocks(node) {
    if (node.nodeType !== Node.ELEMENT_NODE || isLeftOut(node)) return false;
    return BLOCKS.has(node.nodeName) || [...node.children].some(holdsBlocks);
  }

  function readBlock(node, format, note) {
    if (isList(node)) return readList(node, 0, format, note);
    if (node.nodeName === "LI") return readItem(node, 0, "-", format, note);
    if (node.nodeName === "TABLE") return readTable(node, format, note);
    const level = styleOf(node).match(/mso-list:[^;]*level(\d)/)?.[1];
    return level ? wordItem(node, level - 1, format, note) : readBlocks(node, format, note);
  }

  /* Word writes a list as paragraphs that say their level, the sign of the item standing hidden. */
  function wordItem(node, depth, format, note) {
    const hidden = [...node.querySelectorAll("[data-style]")].find((one) =>
      /mso-list:\s*ignore/.test(styleOf(one)),
    );
    const sign = hidden?.textContent.trim() ?? "";
    const text = textOf(readWords(node, format, note));
    if (!text) return [];
    const rank = sign.match(/^(\d+)[.)]/)?.[1];
    const isLetter = /^[a-z]{1,4}[.)]/i.test(sign);
    return [item(depth, rank ? `${rank}.` : isLetter ? "#" : "-", text)];
  }

  function readList(list, depth, format, note) {
    const marker = list.nodeName === "OL" ? "#" : "-";
    const first = Number(list.getAttribute("start")) || 1;
    return [...list.children].flatMap((child, rank) => {
      if (isLeftOut(child)) return [];
      if (isList(child)) return readList(child, depth + 1, format, note);
      const { ariaLevel } = child.dataset;
      const said = Number(ariaLevel ?? child.getAttribute("aria-level"));
      const start = marker === "#" && !rank && first > 1 ? `${first}.` : marker;
      return readItem(child, Math.max(depth, said - 1 || 0), start, formatOf(child, format), note);
    });
  }

  /* The words of an item are one block, whatever paragraphs they stood in; its lists follow. */
  function readItem(node, depth, marker, format, note) {
    const blocks = [];
    const lines = [];
    let words = [];
    const flush = () => {
      lines.push(textOf(words));
      words = [];
    };
    const visit = (parent, inner) => {
      for (const child of parent.childNodes) {
        if (isList(child)) blocks.push(...readList(child, depth + 1, inner, note));
        else if (!holdsBlocks(child)) readWords(child, inner, note, words);
        else {
          flush();
          visit(child, formatOf(child, inner));
          flush();
        }
      }
    };
    visit(node, format);
    flush();
    const text = lines.filter(Boolean).join("\n");
    return text ? [item(depth, marker, text), ...blocks] : blocks;
  }

  // --- Tables ---------------------------------------------------------------------------------

  const spanOf = (cell, name) => Math.min(Number(cell.getAttribute(name)) || 1, 50);

  /* Rows of cells; what stands across several places is written in the first one. */
  function gridOf(table, note) {
    const grid = [...table.rows].map(() => []);
    [...table.rows].forEach((row, top) => {
      let left = 0;
      for (const cell of row.cells) {
        while (grid[top][left] !== undefined) left += 1;
        // A heading is bold by itself.
        const words = readWords(cell, NO_FORMAT, note);
        const text = textOf(top ? words : words.map((word) => ({ ...word, bold: false })));
        for (let down = 0; down < spanOf(cell, "rowspan") && grid[top + down]; down += 1) {
          for (let along = 0; along < spanOf(cell, "colspan"); along += 1) {
            grid[top + down][left + along] = down || along ? "" : text.replace(/\s*\n/g, " ");
          }
        }
      }
    });
    return grid;
  }

  function withoutEmpty(grid) {
    const rows = grid.filter((row) => row.some(Boolean));
    const width = Math.max(0, ...rows.map((row) => row.length));
    const used = [...Array(width).keys()].filter((column) => rows.some((row) => row[column]));
    return rows.map((row) => used.map((column) => row[column] ?? ""));
  }

  function readTable(table, format, note) {
    // A page drawn with tables holds paragraphs, not figures.
    const lines = [...table.rows].map((row) => [...row.cells]);
    if (table.querySelector("table") || lines.every((cells) => cells.length < 2)) {
      const cells = lines.flat();
      return cells.flatMap((cell) => readBlocks(cell, format, note));
    }
    const rows = withoutEmpty(gridOf(table, note));
    if (!rows.length) return [];
    const title = table.caption ? paragraph(textOf(readWords(table.caption, format, note))) : [];
    if (rows.length > MOST_ROWS || rows[0].length > MOST_COLUMNS) {
      note.tableaux += 1;
      return [...title, ...rows.map((row) => ({ text: row.filter(Boolean).join(" ; ") }))];
    }
    return [...title, { text: tableOf(rows) }];
  }

  function tableOf([head, ...rows]) {
    const line = (cells) => `| ${cells.map((text) => text.replace(/\|/g, "\\|")).join(" | ")} |`;
    return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
  }

  // --- Text -----------------------------------------------------------------------------------

  /* Items stand under the words of the item that holds them, whatever the width of its marker. */
  function join(blocks) {
    let text = "";
    let widths = [];
    let ranks = [];
    blocks.forEach((block, place) => {
      const previous = blocks[place - 1];
      const isItem = block.marker !== undefined;
      const follows = isItem && previous?.marker !== undefined;
      if (!follows) [widths, ranks] = [[], []];
      if (!isItem) {
        text += (place ? "\n\n" : "") + block.text;
        return;
      }
      const depth = Math.min(block.depth, widths.length);
      const rank = rankOf(block.marker, ranks[depth]);
      // Under words, only a list that begins at 1 is read as a list.
      const isLate = ranks[depth] === undefined && rank > 1;
      if (place) text += follows && !isLate ? "\n" : "\n\n";
      const marker = rank ? `${rank}. ` : "- ";
      const indent = " ".repeat(widths.slice(0, depth).reduce((sum, width) => sum + width, 0));
      widths = [...widths.slice(0, depth), marker.length];
      ranks = [...ranks.slice(0, depth), rank];
      const hanging = `\n${indent}${" ".repeat(marker.length)}`;
      text += indent + marker + block.text.replace(/\n/g, hanging);
    });
    return text;
  }

  /* 0 for an item without a number; "#" takes the number after the last one. */
  const rankOf = (marker, last = 0) => (marker === "#" ? last + 1 : Number.parseInt(marker, 10) || 0);

  /* Our policy applies to this document too, with an error for each thing that it refuses. */
  function inert(html) {
    const refused = /\s(style|on\w+)(?=\s*=)/gi;
    const renamed = html.replace(/<(\/?)style\b/gi, "<$1x-style");
    return renamed.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(refused, " data-$1"));
  }

  /* { texte, images, tableaux }: the text, and how many pictures and large tables it is without. */
  function read(html) {
    const note = { images: 0, tableaux: 0 };
    const page = new DOMParser().parseFromString(inert(html), "text/html");
    const blocks = readBlocks(page.body, NO_FORMAT, note);
    return { texte: join(blocks), ...note };
  }

  /* Words without any format: the dots of a list become dashes. */
  const readPlain = (text) =>
    text.replace(/\r\n?/g, "\n").replace(/^[ \t]*[•·▪◦‣●\uf0b7][ \t\u00a0]+/gm, "- ");

  return { read, readPlain };
})();
