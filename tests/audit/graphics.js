/* Contrast that axe does not compute (WCAG 1.4.11): the border of each field, the drawings that say
   something, and the outline of what has the focus, against what is really behind them. */
() => {
  const NEEDED = 3;
  const rgba = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\d.]+/g) || []).map(Number);
    return text.startsWith("rgb") ? { r, g, b, a } : null;
  };
  const linear = (channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor);
      if (colour && colour.a === 1) return colour;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && element.checkVisibility({ visibilityProperty: true });
  };
  const ours = (element) => !element.closest(".bilan");
  const name = (element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""} ${element.name || ""}`.trim();
  const found = new Map();
  const keep = (element, what, ratio) =>
    found.set(`${what} ${name(element)}`, `${what} ${name(element)} : ${ratio.toFixed(2)}`);

  /* A cell of the plan is known by its arrow; its border comes with the pointer or the keyboard. */
  const fields = document.querySelectorAll(
    "input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea"
  );
  for (const field of fields) {
    if (!ours(field) || !shown(field) || field.disabled || field.closest(".cellule")) continue;
    /* In the entry grid, the lines of the table are the borders of its fields. */
    const style = getComputedStyle(field.closest(".grille td") || field);
    const border = rgba(style.borderBottomColor);
    const isDrawn = border && border.a === 1 && parseFloat(style.borderBottomWidth) >= 1;
    const ratio = isDrawn ? contrast(border, behind(field.parentElement)) : 1;
    if (ratio < NEEDED) keep(field, "bord", ratio);
  }

  /* Decoration, and what is drawn on top of a coloured shape: the tick of a full square. */
  const DECOR = ".i-marque, .g-grille, .g-trou, .c-part, .logo-fond, .logo-trait, .logo-creux, [class^='n-']";
  const shapes = document.querySelectorAll(
    ":is(svg.ic, svg.crans, svg.courbe, .cle-lecture svg) :is(path, rect, circle, line)"
  );
  for (const shape of shapes) {
    const svg = shape.closest("svg");
    if (!ours(svg) || shape.matches(DECOR) || !shown(svg)) continue;
    const style = getComputedStyle(shape);
    const back = behind(svg);
    const inks = [style.fill, style.stroke].map(rgba).filter((ink) => ink && ink.a > 0.5);
    const ratio = Math.max(1, ...inks.map((ink) => contrast(ink, back)));
    if (ratio < NEEDED) keep(shape, "dessin", ratio);
  }
  return [...found.values()];
}
