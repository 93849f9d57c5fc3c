// A drawing in words: Mermaid as it is, or lines such as `Client -> API -> Database: writes`, turned into Mermaid.

const MERMAID = /^\s*(?:%%.*\n\s*)*(?:graph|flowchart|sequenceDiagram|classDiagram|stateDiagram|erDiagram|---)\b/;
// Mermaid measures labels as HTML; a tag in one would have the browser ask for pictures from elsewhere.
const TAG = /(?<!<)<(?=[a-z!/])(?!br\b)/gi;
const ARROW = /\s*(?:-{1,3}>|={1,3}>|→)\s*/;

/** Mermaid for a text; gives back Mermaid untouched but for tags, which become words. An empty text gives an empty string. */
export function toMermaid(written: string): string {
  const text = written.replace(TAG, "#lt;");
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
  for (const line of text.split("\n")) {
    const [path = "", ...rest] = line.split(/:\s+/);
    const stops = path.split(ARROW).map(name);
    const label = rest.join(": ").trim().replaceAll('"', "'");
    for (let at = 1; at < stops.length; at += 1) {
      const [from, to] = [stops[at - 1], stops[at]];
      const last = at === stops.length - 1;
      if (from && to) lines.push(label && last ? `  ${from} -->|"${label}"| ${to}` : `  ${from} --> ${to}`);
    }
  }
  return lines.length === 0 ? "" : ["flowchart TB", ...lines].join("\n");
}
