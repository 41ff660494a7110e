// data-copy="text" or data-copy-from="#id" on a button copies; the button then says so.
const SHOWN_MS = 2000;

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure connection the browser has no clipboard for scripts.
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button) return;
  const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  await put(source ? (source.value ?? source.innerText) : button.dataset.copy);
  const label = button.querySelector("span") ?? button;
  if (!button.dataset.copied || button.dataset.said) return;
  button.dataset.said = label.textContent;
  label.textContent = button.dataset.copied;
  label.setAttribute("aria-live", "polite");
  setTimeout(() => {
    label.textContent = button.dataset.said;
    delete button.dataset.said;
  }, SHOWN_MS);
});
