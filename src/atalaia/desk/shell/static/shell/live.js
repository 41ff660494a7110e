// A page that carries data-live="cases clocks" hears of what happens meanwhile: each named
// event becomes desk:cases on the body, which htmx takes by hx-trigger="desk:cases from:body".
const ADDRESS = "/events";
let source = null;

function names() {
  const said = [...document.querySelectorAll("[data-live]")].flatMap((each) => each.dataset.live.split(/\s+/));
  return [...new Set(said.filter(Boolean))];
}

function listen() {
  const heard = names();
  if (source || !heard.length || document.hidden) return;
  source = new EventSource(ADDRESS);
  for (const name of heard) {
    source.addEventListener(name, (event) => {
      document.body.dispatchEvent(new CustomEvent(`desk:${name}`, { detail: { data: event.data } }));
    });
  }
}

function rest() {
  source?.close();
  source = null;
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
window.addEventListener("pagehide", rest);
listen();
