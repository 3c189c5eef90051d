/* Copies what a field shows. Its button appears where the browser can copy: elsewhere the field,
   which is selected, says enough. */
document.addEventListener("DOMContentLoaded", () => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copie]")) {
    const field = document.getElementById(button.dataset.copie);
    const notice = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        notice.textContent = notice.dataset.copieFaite;
      } catch {
        notice.textContent = notice.dataset.copieRefusee;
      }
    });
  }
});
