// Ages and deadlines go on counting while a page stays open:
// <time data-age datetime="…"> says how long ago, <time data-left datetime="…"> how long yet.
// Written as the server writes them: the two largest units, 2 d 4 h.
const EVERY_MS = 15_000;
// The desk's clock rules: a demonstration lives at another date.
const shift = Date.parse(document.body.dataset.now) - Date.now();

function told(seconds) {
  const sign = seconds < 0 ? "−" : "";
  const whole = Math.round(Math.abs(seconds));
  const minutes = Math.round(whole / 60);
  const hours = Math.round(whole / 3600);
  let parts;
  if (whole < 3600) parts = [[Math.floor(whole / 60), "min"], [whole % 60, "s"]];
  else if (minutes < 1440) parts = [[Math.floor(minutes / 60), "h"], [minutes % 60, "min"]];
  else parts = [[Math.floor(hours / 24), "d"], [hours % 24, "h"]];
  const shown = parts.filter(([amount]) => amount).map(([amount, unit]) => `${amount} ${unit}`);
  return shown.length ? sign + shown.join(" ") : "0 s";
}

function tick() {
  for (const time of document.querySelectorAll("time[data-age], time[data-left]")) {
    const apart = (Date.now() + shift - Date.parse(time.dateTime)) / 1000;
    const text = told("left" in time.dataset ? -apart : apart);
    if (time.textContent !== text) time.textContent = text;
  }
}

setInterval(tick, EVERY_MS);
document.addEventListener("visibilitychange", () => document.hidden || tick());
