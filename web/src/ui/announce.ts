// One polite live region for the whole page, so that announcements wait for each other.
// It is there before its first words: what comes together with its region is not read by every screen reader.
let region = made();

/** Say `text` to a screen reader when it next pauses. */
export function announce(text: string): void {
  if (!region.isConnected) region = made();
  const line = document.createElement("p");
  line.textContent = text;
  region.append(line);
  // A region that only grows is read by some screen readers from its start again.
  while (region.childElementCount > 5) region.firstElementChild?.remove();
}

function made(): HTMLElement {
  const element = document.createElement("div");
  element.setAttribute("aria-live", "polite");
  element.className = "sr-only";
  document.body.append(element);
  return element;
}
