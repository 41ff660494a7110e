// The keyboard. Pages say what a key means by attributes:
//   data-row on what j and k move over (its first link, or data-open, is what Enter opens;
//   its checkbox is what x ticks); data-key="c" on the button or link that c presses:
//   within the current row first, then the drawer, then the page; data-go="t" on the
//   link that g t follows.
const CHORD_MS = 1200;
let chordUntil = 0;

const isTyping = (target) =>
  target.isContentEditable || target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
const current = () => document.querySelector("[data-row].current");

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  mark(next);
  next.scrollIntoView({ block: "nearest" });
  (opener(next) ?? next).focus({ preventScroll: true });
}

function mark(row) {
  for (const other of document.querySelectorAll("[data-row].current")) other.classList.remove("current");
  row.classList.add("current");
}

const opener = (row) => row.querySelector("[data-open]") ?? row.querySelector("a[href]");

function press(key) {
  const named = `[data-key="${key}"]`;
  const found = [current(), document.getElementById("drawer"), document]
    .map((within) => within?.querySelector(named))
    .find((each) => each && !each.disabled);
  if (!found) return false;
  if (found.matches("input, textarea, select")) found.focus();
  else found.click();
  return true;
}

function go(key) {
  document.querySelector(`[data-go="${key}"]`)?.click();
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) mark(row);
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.getElementById("palette")?.showModal();
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (Date.now() < chordUntil) {
    chordUntil = 0;
    event.preventDefault();
    go(event.key);
    return;
  }
  if (event.key === "g") chordUntil = Date.now() + CHORD_MS;
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "?") document.getElementById("keys")?.showModal();
  else if (event.key === "/") document.getElementById("palette")?.showModal();
  else if (event.key === "x" && current()?.querySelector('input[type="checkbox"]')) {
    current().querySelector('input[type="checkbox"]').click();
  } else if (event.key === "Enter" && current() && event.target === current()) opener(current())?.click();
  else if (!/^[a-z]$/.test(event.key) || !press(event.key)) return;
  event.preventDefault();
});
