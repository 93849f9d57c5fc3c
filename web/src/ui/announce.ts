// One polite live region for the whole page, so that announcements wait for each other.
let region: HTMLElement | null = null;

/** Say `text` to a screen reader when it next pauses. */
export function announce(text: string): void {
  if (region === null || !region.isConnected) {
    region = document.createElement("div");
    region.setAttribute("aria-live", "polite");
    region.className = "sr-only";
    document.body.append(region);
  }
  const line = document.createElement("p");
  line.textContent = text;
  region.append(line);
  // A region that only grows is read by some screen readers from its start again.
  while (region.childElementCount > 5) region.firstElementChild?.remove();
}
