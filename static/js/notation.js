/* The notation of a cell of the entry grid, as indicators/saisie.py reads it. The server reads each
   cell again when it is saved; this copy tells at once, in the cell, what it will say.
   notation.read(text, row) gives the values of a cell: { valeur, borne, max, prevue }, the figure as
   a BigInt of `row.decimales` decimals (null for words); it throws a sentence in French. */
window.notation = (() => {
  const NBSP = "\u00a0";
  const SPACE = "[ \\u00a0\\u202f]";
  const NUMBER = new RegExp(`^[-+−]?\\d+(?:${SPACE}\\d{3}(?!\\d))*(?:[.,]\\d+)*`);
  const BOUND = /^(?:[~≈<>]|(?:environ|plus de|moins de)(?![a-zé]))/i;
  const RANGE = /^à\s*(?=[-+−]?\d)/i;
  const FORECAST = /^pr[ée]v(?:ision(?:nelle)?|\.)?(?![a-zé])/i;
  const PARTIAL = /^p(?:art(?:iel(?:le)?)?\.?)?(?![a-zé])/i;
  const STARTS = /^[\d«(~≈<>+−-]/;
  const WHOLE = 11;
  const EXAMPLES = `36${NBSP}424, ~120 ou 120${NBSP}prév`;

  /* A figure as an integer of that many decimals, rounded half up as the server rounds it. */
  function scaled(digits, decimals) {
    const plain = digits.replace(/[ \u00a0\u202f+−-]/g, "").replace(",", ".");
    const [whole, part = ""] = plain.split(".");
    const kept = part.padEnd(decimals, "0").slice(0, decimals);
    const size = BigInt(whole + kept) + ((part[decimals] ?? "0") >= "5" ? 1n : 0n);
    return /^[-−]/.test(digits) ? -size : size;
  }

  function reader(text) {
    let rest = text;
    return {
      get rest() {
        return rest;
      },
      skip(length) {
        rest = rest.slice(length).trimStart();
      },
      take(pattern) {
        const found = rest.match(pattern)?.[0];
        if (found !== undefined) this.skip(found.length);
        return found;
      },
      between(opening, closing) {
        if (!rest.startsWith(opening)) return undefined;
        let depth = 1;
        for (let place = 1; place < rest.length; place += 1) {
          if (rest[place] === "\\") place += 1;
          else if (rest[place] === opening) depth += 1;
          else if (rest[place] === closing && (depth -= 1) === 0) {
            const inner = rest.slice(1, place).trim();
            rest = rest.slice(place + 1).trimStart();
            return inner;
          }
        }
        throw `Il manque «${NBSP}${closing}${NBSP}» à la fin.`;
      },
    };
  }

  function refusal(text) {
    const shown = text.length <= 40 ? text : `${text.slice(0, 39)}…`;
    return `«${NBSP}${shown}${NBSP}» n’est pas une valeur. Écrivez par exemple ${EXAMPLES}.`;
  }

  function figure(source, row) {
    const found = source.take(NUMBER);
    if (found === undefined) return null;
    const parts = found.split(/[.,]/);
    if (parts.length > 2) throw `«${NBSP}${found}${NBSP}» peut se lire de deux façons. Écrivez 36${NBSP}424,5.`;
    if (parts[0].replace(/\D/g, "").replace(/^0+/, "").length > WHOLE) {
      throw `Un nombre a ${WHOLE} chiffres au plus avant la virgule, et 3 après.`;
    }
    if ((parts[1] ?? "").replace(/0+$/, "").length > row.decimales) {
      const many = row.decimales > 1 ? "s" : "";
      const rule = row.decimales ? `avec ${row.decimales}${NBSP}décimale${many}` : "sans décimale";
      throw `Cet indicateur est montré ${rule}${NBSP}: arrondissez.`;
    }
    const unit = source.rest.slice(0, row.unite.length);
    const isUnit = row.unite && unit.toLowerCase() === row.unite.toLowerCase();
    if (isUnit && !/^[\p{L}\p{N}_]/u.test(source.rest.slice(unit.length))) source.skip(unit.length);
    return scaled(found, row.decimales);
  }

  function readOne(source, row, text) {
    const borne = source.take(BOUND);
    const valeur = figure(source, row);
    const max = valeur !== null && source.take(RANGE) !== undefined ? figure(source, row) : null;
    if (max !== null && max < valeur) throw "Le maximum de la fourchette est sous la valeur.";
    const words = source.between("«", "»");
    let prevue = false;
    for (let partielle = false; ; ) {
      if (!prevue && source.take(FORECAST)) prevue = true;
      else if (!partielle && source.take(PARTIAL)) partielle = true;
      else break;
    }
    const note = source.between("(", ")");
    if (valeur === null && (borne || (words === undefined && note === undefined))) throw refusal(text);
    if (valeur === null && !words) throw "Indiquez un nombre, ou des mots entre guillemets.";
    if ((note ?? "").length > 300) throw "La note tient en 300 caractères.";
    if ((words ?? "").length > 200) throw "Le texte tient en 200 caractères.";
    return { valeur, borne, max, prevue };
  }

  function read(raw, row) {
    const text = raw.trim();
    if (!text) return [];
    if (row.libre && !STARTS.test(text)) return [{ valeur: null, prevue: false }];
    const source = reader(text);
    const values = [];
    do {
      const value = readOne(source, row, text);
      if (values.some(({ prevue }) => prevue === value.prevue)) {
        throw "Une case garde une valeur constatée et une prévision, pas deux valeurs de même genre.";
      }
      values.push(value);
    } while (source.take(/^;/));
    if (source.rest) throw refusal(text);
    return values;
  }

  return { read };
})();
