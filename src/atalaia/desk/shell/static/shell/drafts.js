// What somebody types into <form data-draft="name"> is kept in this browser until the
// server took it, so that a session which ends half-way loses nothing.
// Kept by person, page and form; put away when they sign out, and after a week.
const PREFIX = "atalaia-draft";
const KEPT_MS = 7 * 24 * 3600 * 1000;
const TAKEN = "atalaia_taken";
const FIELD = "_draft";
const person = document.body.dataset.person ?? "";

const mine = () => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}:${person}:`));
const keyOf = (form) => `${PREFIX}:${person}:${location.pathname}:${form.dataset.draft}`;

function fields(form) {
  return [...form.elements].filter(
    (each) => each.name && !["hidden", "password", "file", "submit", "button"].includes(each.type) && each.tagName !== "FIELDSET",
  );
}

function written(form) {
  return fields(form).map((each) => {
    if (each.type === "checkbox" || each.type === "radio") return [each.name, each.value, each.checked];
    if (each.multiple) return [each.name, null, [...each.selectedOptions].map((option) => option.value)];
    return [each.name, null, each.value];
  });
}

function fill(form, values) {
  const waiting = [...values];
  for (const each of fields(form)) {
    const isChoice = each.type === "checkbox" || each.type === "radio";
    const at = waiting.findIndex(([name, value]) => name === each.name && (!isChoice || value === each.value));
    if (at < 0) continue;
    const [, , content] = waiting.splice(at, 1)[0];
    if (isChoice) each.checked = content;
    else if (each.multiple) for (const option of each.options) option.selected = content.includes(option.value);
    else each.value = content;
    each.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(form) {
  localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values: written(form) }));
}

function restore(form) {
  const draft = read(keyOf(form));
  const empty = JSON.stringify(written(form));
  if (!draft || JSON.stringify(draft.values) === empty) return;
  fill(form, draft.values);
  const note = document.getElementById("draft-note")?.content.firstElementChild.cloneNode(true);
  if (!note) return;
  note.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(keyOf(form));
    fill(form, JSON.parse(empty));
    note.remove();
  });
  form.prepend(note);
}

// The server names in a cookie the draft that it took; see shell/drafts.py.
function forget() {
  const taken = document.cookie.split("; ").find((part) => part.startsWith(`${TAKEN}=`));
  if (taken) {
    localStorage.removeItem(decodeURIComponent(taken.slice(TAKEN.length + 1)));
    document.cookie = `${TAKEN}=; path=/; max-age=0; samesite=strict`;
  }
  for (const key of mine()) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > KEPT_MS) localStorage.removeItem(key);
  }
}

function begin(within) {
  for (const form of within.querySelectorAll("form[data-draft]")) {
    if (form.dataset.drafted) continue;
    form.dataset.drafted = "yes";
    restore(form);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("change", () => keep(form));
    form.addEventListener("submit", () => {
      keep(form);
      const named = form.querySelector(`input[name="${FIELD}"]`) ?? document.createElement("input");
      named.type = "hidden";
      named.name = FIELD;
      named.value = keyOf(form);
      form.append(named);
    });
  }
}

if (person) {
  forget();
  begin(document);
  document.addEventListener("htmx:load", (event) => begin(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (form && event.detail.successful) localStorage.removeItem(keyOf(form));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]")) mine().forEach((key) => localStorage.removeItem(key));
  });
}
