// Ctrl-K: type a part of a page's name, or anything to look for it.
const dialog = document.getElementById("palette");

if (dialog) {
  const field = dialog.querySelector('input[type="search"]');
  const lines = [...dialog.querySelectorAll("li")];
  const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
  const shown = () => lines.filter((line) => !line.hidden);
  const link = (line) => line.querySelector("a");

  const choose = (line) => {
    for (const other of lines) link(other).classList.toggle("current", other === line);
    line?.scrollIntoView({ block: "nearest" });
    if (line) field.setAttribute("aria-activedescendant", link(line).id);
    else field.removeAttribute("aria-activedescendant");
  };

  const narrow = () => {
    const wanted = plain(field.value.trim());
    for (const line of lines) {
      const search = link(line).dataset.search;
      line.hidden = search ? !wanted : !plain(line.dataset.name).includes(wanted);
      if (search) link(line).href = `${search}?q=${encodeURIComponent(field.value.trim())}`;
    }
    choose(shown()[0]);
  };

  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    const all = shown();
    const at = all.findIndex((line) => link(line).classList.contains("current"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter" && all[at]) {
      event.preventDefault();
      link(all[at]).click();
    }
  });
  dialog.addEventListener("toggle", () => {
    if (!dialog.open) return;
    field.value = "";
    narrow();
    field.focus();
  });
  narrow();
}
