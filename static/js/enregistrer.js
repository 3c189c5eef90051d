/* Buttons of in-place forms are hidden where htmx saves on change (.sans-script). If htmx did not
   load, they come back: nothing may depend on a script that is not there. */
if (!window.htmx) document.documentElement.classList.add("sans-htmx");

/* An empty filter has nothing to say: the address of a filtered page stays short enough to send. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
});
