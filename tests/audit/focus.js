/* Every element that takes the focus, one after the other: an outline that is thick enough and
   stands out of what surrounds it. The page has just been used with the keyboard, so that the
   browser shows the outline for a focus given by script too. */
() => {
  const THINNEST = 2;
  const NEEDED = 3;
  const channels = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const linear = (channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const words = (element) => (element.getAttribute("aria-label") || element.innerText || element.name || "").trim();
  const found = new Set();
  const before = document.activeElement;
  const candidates = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  );
  let seen = 0;
  for (const element of candidates) {
    if (element.closest(".bilan") || element.disabled || !element.checkVisibility({ visibilityProperty: true })) continue;
    element.focus({ preventScroll: true });
    if (document.activeElement !== element) continue;
    seen += 1;
    /* The entry grid outlines the whole cell. */
    const style = getComputedStyle(element.closest(".grille td") || element);
    const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    const ratio = contrast(channels(style.outlineColor), behind(element.parentElement));
    if (width < THINNEST || ratio < NEEDED) {
      found.add(`${element.tagName.toLowerCase()}.${element.className} « ${words(element).slice(0, 40)} » : ${width} px, ${ratio.toFixed(2)}`);
    }
  }
  before?.blur?.();
  document.activeElement?.blur?.();
  return { seen, found: [...found] };
}
