/* The order of the parts of a bilan: choosing a place moves the line there and numbers the others
   again. Without this script, the portal puts them in order when the form is sent. */
document.addEventListener("change", ({ target }) => {
  const line = target.closest(".composer-parties > li");
  if (!line || target.localName !== "select") return;
  const list = line.parentElement;
  const others = [...list.children].filter((item) => item !== line);
  list.insertBefore(line, others[target.selectedIndex] ?? null);
  [...list.children].forEach((item, rank) => {
    item.querySelector("select").selectedIndex = rank;
  });
  target.focus();
});
