// Copying a citation: the only thing on these pages that needs a script.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const status = document.getElementById("copy-status");
  const label = button.textContent;
  let done = true;
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
  } catch {
    // Without https there is no clipboard: select the text and let the browser copy it.
    getSelection().selectAllChildren(source);
    done = document.execCommand("copy");
  }
  button.textContent = done ? button.dataset.done : button.dataset.failed;
  if (status) status.textContent = button.textContent;
  setTimeout(() => { button.textContent = label; }, 2000);
});
// On a narrow screen the filters start closed.
for (const box of document.querySelectorAll("details.filter-box")) {
  if (matchMedia("(max-width: 50rem)").matches) box.open = false;
}
// The search box's own list of phrases follows what is typed; without a script it is a fixed one.
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.getElementById(box.getAttribute("list"));
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = box.value;
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (!answer.ok || box.value !== typed) return;
      const phrases = await answer.json();
      list.replaceChildren(...phrases.map((phrase) => new Option(typed, phrase)));
    }, 150);
  });
}
