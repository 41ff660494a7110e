"use strict";
(() => {
  const button = document.getElementById("copy");
  const text = document.getElementById("chat-text");
  const state = document.getElementById("copy-state");
  const label = button.textContent;
  const say = (words) => {
    button.textContent = words;
    state.textContent = words;
    setTimeout(() => { button.textContent = label; }, 2500);
  };
  // A page opened from a mail client may have no clipboard: then the text is selected.
  const byHand = () => {
    document.getElementById("chat").open = true;
    text.focus();
    text.select();
    say(document.execCommand("copy") ? button.dataset.done : button.dataset.failed);
  };
  button.addEventListener("click", () => {
    if (!navigator.clipboard) { byHand(); return; }
    navigator.clipboard.writeText(text.value).then(
      () => say(button.dataset.done), byHand);
  });
})();
