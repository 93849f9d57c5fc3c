// Words of the transcript and where they stand. The server counts Unicode code points, the browser UTF-16 units: here is
// the one place that knows of both.

/** Some words of a turn, by code points of its text; `end` is exclusive. */
export type Passage = { turn: number; start: number; end: number };

/** A run of a turn's text with the numbers of the passages that cover it, counted as they were given. */
export type Run = { text: string; covers: readonly number[] };

/** The offset in UTF-16 units of a code point; an offset beyond the text gives its end. */
export function unitsAt(text: string, point: number): number {
  let units = 0;
  for (let left = point; left > 0 && units < text.length; left -= 1) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** The text cut where passages begin and end; together the runs give the text again. Passages may overlap. */
export function runsOf(text: string, passages: readonly { start: number; end: number }[]): Run[] {
  const spans = passages.map(({ start, end }) => ({ from: unitsAt(text, start), to: unitsAt(text, end) }));
  const cuts = new Set([0, text.length]);
  for (const span of spans) {
    if (span.from >= span.to) continue;
    cuts.add(span.from);
    cuts.add(span.to);
  }
  const places = [...cuts].sort((one, other) => one - other);
  const runs: Run[] = [];
  for (const [index, from] of places.slice(0, -1).entries()) {
    const to = places[index + 1] ?? text.length;
    const covers = spans.flatMap((span, at) => (span.from <= from && to <= span.to && span.from < span.to ? [at] : []));
    runs.push({ text: text.slice(from, to), covers });
  }
  return runs;
}

/** A passage as a fragment of the address: `turn-6-12-57`, or `turn-6` for the whole turn. */
export function fragmentOf({ turn, start, end }: Passage): string {
  return end > start ? `turn-${turn}-${start}-${end}` : `turn-${turn}`;
}

/** The passage that a fragment names; null where it names something else. */
export function passageOf(fragment: string): Passage | null {
  const read = /^#?turn-(\d+)(?:-(\d+)-(\d+))?$/.exec(fragment);
  if (!read) return null;
  return { turn: Number(read[1]), start: Number(read[2] ?? 0), end: Number(read[3] ?? 0) };
}
