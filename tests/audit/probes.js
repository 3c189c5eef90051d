/* What a page says of itself, in one object; read by test_pages.py. The preview of a bilan is a
   document of its own inside the page, with its own first-level titles and its printed sommaire:
   axe looks at it, the rules of our pages do not apply to it. */
() => {
  const SMALLEST = 44;
  const ours = (element) => !element.closest(".bilan");
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true });
  };
  const name = (element) => {
    const words = (element.getAttribute("aria-label") || element.innerText || element.name || "").trim();
    return `${element.tagName.toLowerCase()}.${element.className} « ${words.replace(/\s+/g, " ").slice(0, 50)} »`;
  };

  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((heading) => ours(heading) && heading.checkVisibility())
    .map((heading) => [Number(heading.tagName[1]), heading.innerText.trim()]);
  const jumps = headings
    .filter(([level], place) => place > 0 && level > headings[place - 1][0] + 1)
    .map(([level, words]) => `h${level} « ${words} »`);

  /* A link inside a sentence has the height of its line (WCAG 2.5.8, « en ligne »). */
  const inSentence = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    const own = element.textContent.trim().length;
    const block = element.closest("p, li, dd, td, th, figcaption, small, span.quand");
    return Boolean(block) && block.textContent.trim().length > own;
  };
  const target = (element) => {
    const label = /checkbox|radio/.test(element.type) && element.closest("label");
    const box = (label || element).getBoundingClientRect();
    return { width: Math.round(box.width), height: Math.round(box.height) };
  };
  const small = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  )]
    .filter((element) => ours(element) && shown(element) && !element.matches(".evitement") && !inSentence(element))
    .map((element) => [element, target(element)])
    .filter(([, box]) => box.width < SMALLEST || box.height < SMALLEST)
    .map(([element, box]) => `${name(element)} : ${box.width} × ${box.height}`);

  return {
    titles: headings.filter(([level]) => level === 1).map(([, words]) => words),
    mains: document.querySelectorAll("main").length,
    language: document.documentElement.lang,
    page_title: document.title.trim(),
    jumps,
    small,
    ids: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i),
    positive_tabindex: document.querySelectorAll("[tabindex]:not([tabindex='0']):not([tabindex^='-'])").length,
  };
}
