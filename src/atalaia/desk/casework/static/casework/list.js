// A case that somebody changed is drawn again where it stands; one that is not here yet is
// told of above the pages, and never moves what somebody is reading.
document.body.addEventListener("desk:cases", (event) => {
  const keys = new Set(JSON.parse(event.detail.data));
  for (const row of document.querySelectorAll("tr[data-case]")) {
    if (!keys.delete(row.dataset.case) || row.contains(document.activeElement)) continue;
    const here = new URLSearchParams(location.search).toString();
    htmx.ajax("GET", `/cases/${row.dataset.case}/row/?${here}`, { target: row, swap: "outerHTML" });
  }
  const newer = document.getElementById("newer");
  if (keys.size && newer) {
    newer.hidden = false;
    newer.querySelector("a").href = location.href;
  }
});

// What is ticked stays ticked while rows are drawn again, and says how many it is.
const counter = document.querySelector("[data-picked]");
function count() {
  if (counter) counter.textContent = String(document.querySelectorAll('input[name="case"]:checked').length);
}
document.addEventListener("change", (event) => event.target.matches('input[name="case"]') && count());
