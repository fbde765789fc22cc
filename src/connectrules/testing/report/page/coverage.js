// Each proposed EXAMPLE can be copied; where that may not be done, it is selected.

const select = (element) => getSelection().selectAllChildren(element);

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const code = document.getElementById(button.dataset.of);
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      select(code);
      button.textContent = "Selected: copy it now";
    }
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}
