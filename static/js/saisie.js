/* What a form holds, as lists of values by name of field, and how such values go back into it.
   Never passwords, files nor hidden fields: those are the page's own. */
window.saisie = (() => {
  const UNKEPT = "hidden password file submit button reset image fieldset output".split(" ");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const fieldsOf = (form) => [...form.elements].filter((f) => f.name && !UNKEPT.includes(f.type));
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

  /* The hidden fields in which the server says what `name` was opened with (EditForm). */
  function openingFields(form, name) {
    const hidden = [...form.elements].filter((field) => field.type === "hidden");
    return hidden.filter((field) => field.name === `initial-${name}`);
  }

  function openingsOf(form) {
    const lists = fieldsOf(form).map(({ name }) => [
      name,
      openingFields(form, name).map((field) => field.value),
    ]);
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

  function reopen(form, name, values) {
    const fields = openingFields(form, name);
    if (same(values, fields.map((field) => field.value))) return;
    fields.forEach((field) => field.remove());
    for (const value of values) {
      const field = document.createElement("input");
      form.append(Object.assign(field, { type: "hidden", name: `initial-${name}`, value }));
    }
  }

  /* With the texts of a draft come back the values it was opened with: the server compares them
     with those stored by now, and shows a conflict rather than erase somebody else's change. */
  function restore(form, { saisi, initial }) {
    for (const [name, values] of Object.entries(saisi)) {
      const fields = fieldsOf(form).filter((field) => field.name === name);
      fields.forEach((field, rank) => fill(field, values, rank));
      if (fields.length) reopen(form, name, initial[name]);
    }
    fieldsOf(form).find(({ name }) => name in saisi)?.focus();
  }

  return { same, fieldsOf, valuesOf, openingsOf, restore };
})();
