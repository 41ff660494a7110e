// Theme and density change at once; the server keeps them for the next page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const chosen = event.submitter;
  if (!form.matches("[data-looks]") || !["theme", "density"].includes(chosen?.name)) return;
  event.preventDefault();
  const root = document.documentElement;
  if (chosen.name === "theme" && chosen.value === "system") root.removeAttribute("data-theme");
  else root.setAttribute(`data-${chosen.name}`, chosen.value);
  for (const other of form.querySelectorAll(`button[name="${chosen.name}"]`)) {
    other.setAttribute("aria-pressed", String(other === chosen));
  }
  fetch(form.action, { method: "POST", body: new FormData(form, chosen), redirect: "manual" });
});
