/* What a form holds, as lists of values by name of field, and how such values go back into it.
   Never passwords nor other secrets (data-secret), files nor hidden fields: those are the page's
   own. */
window.saisie = (() => {
  const UNKEPT = "hidden password file submit button reset image fieldset output".split(" ");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const isKept = (field) => field.name && !UNKEPT.includes(field.type) && !("secret" in field.dataset);
  const fieldsOf = (form) => [...form.elements].filter(isKept);
  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

  function choicesOf(field, asLoaded) {
    const options = [...field.options];
    const chosen = options.filter((o) => (asLoaded ? o.defaultSelected : o.selected));
    // A list of one choice shows its first one when the page names none.
    if (!chosen.length && field.type === "select-one" && options.length) chosen.push(options[0]);
    return chosen.map((option) => option.value);
  }

  /* Values by name: those on the page now, or those that the server wrote in it. */
  function valuesOf(form, asLoaded = false) {
    const values = {};
    for (const field of fieldsOf(form)) {
      const list = (values[field.name] ??= []);
      if (field.options) list.push(...choicesOf(field, asLoaded));
      else if (!isTicked(field)) list.push(asLoaded ? field.defaultValue : field.value);
      else if (asLoaded ? field.defaultChecked : field.checked) list.push(field.value);
    }
    return values;
  }

  function byName(fields) {
    const named = new Map();
    for (const field of fields) named.set(field.name, [...(named.get(field.name) ?? []), field]);
    return named;
  }

  /* What the server says, in hidden fields, that each field was opened with (EditForm). */
  const hiddenOf = (form) => byName([...form.elements].filter((f) => f.type === "hidden"));
  const listOf = (fields = []) => fields.map((field) => field.value);

  function openingsOf(form) {
    const hidden = hiddenOf(form);
    const lists = fieldsOf(form).map(({ name }) => [name, listOf(hidden.get(`initial-${name}`))]);
    return Object.fromEntries(lists);
  }

  function fill(field, values, rank) {
    if (isTicked(field)) field.checked = values.includes(field.value);
    else if (!field.options) field.value = values[rank] ?? "";
    else {
      const options = [...field.options];
      // A choice that exists no more leaves the list as it is.
      if (values.length && !options.some((o) => values.includes(o.value))) return;
      for (const option of options) option.selected = values.includes(option.value);
    }
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }

  function reopen(form, name, values, fields = []) {
    if (same(values, listOf(fields))) return;
    fields.forEach((field) => field.remove());
    for (const value of values) {
      const field = document.createElement("input");
      form.append(Object.assign(field, { type: "hidden", name, value }));
    }
  }

  /* With the texts of a draft come back the values it was opened with: the server compares them
     with those stored by now, and shows a conflict rather than erase somebody else's change. */
  function restore(form, { saisi, initial }) {
    const fields = byName(fieldsOf(form));
    const hidden = hiddenOf(form);
    for (const [name, values] of Object.entries(saisi)) {
      const opening = `initial-${name}`;
      fields.get(name).forEach((field, rank) => fill(field, values, rank));
      reopen(form, opening, initial[name], hidden.get(opening));
    }
    fieldsOf(form).find(({ name }) => name in saisi)?.focus();
  }

  return { same, fieldsOf, valuesOf, openingsOf, restore };
})();
