// A drawing in words: Mermaid as it is, or lines such as `Client -> API -> Database: writes`, turned into Mermaid.

const MERMAID = /^\s*(?:%%.*\n\s*)*(?:graph|flowchart|sequenceDiagram|classDiagram|stateDiagram|erDiagram|---)\b/;
const ARROW = /\s*(?:-{1,3}>|={1,3}>|→)\s*/;

/** Mermaid for a text; gives back Mermaid untouched. An empty text gives an empty string. */
export function toMermaid(text: string): string {
  if (text.trim() === "" || MERMAID.test(text)) return text.trim();
  const ids = new Map<string, string>();
  const lines: string[] = [];
  const name = (written: string): string | null => {
    const label = written.replace(/^[\s[({"]+|[\s\])}"]+$/g, "");
    if (label === "") return null;
    const known = ids.get(label.toLowerCase());
    if (known) return known;
    const id = `n${ids.size}`;
    ids.set(label.toLowerCase(), id);
    lines.push(`  ${id}["${label.replaceAll('"', "'")}"]`);
    return id;
  };
  for (const written of text.split("\n")) {
    const [path = "", ...rest] = written.split(/:\s+/);
    const stops = path.split(ARROW).map(name);
    const label = rest.join(": ").trim().replaceAll('"', "'");
    for (let at = 1; at < stops.length; at += 1) {
      const [from, to] = [stops[at - 1], stops[at]];
      const last = at === stops.length - 1;
      if (from && to) lines.push(label && last ? `  ${from} -->|"${label}"| ${to}` : `  ${from} --> ${to}`);
    }
  }
  return lines.length === 0 ? "" : ["flowchart LR", ...lines].join("\n");
}
