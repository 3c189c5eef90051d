/* Buttons of in-place forms are hidden where htmx saves on change (.sans-script). If htmx did not
   load, they come back: nothing may depend on a script that is not there. */
if (!window.htmx) document.documentElement.classList.add("sans-htmx");
