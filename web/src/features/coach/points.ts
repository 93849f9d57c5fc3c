// Places in a text. The server counts Unicode code points, the browser UTF-16 units; an emoji is one of those and two of
// these, so every place is converted on its way in and out.

export type Span = { start: number; end: number };

/** The code points before a unit of the text. A unit in the middle of a pair counts the whole pair. */
export function pointAt(text: string, unit: number): number {
  return [...text.slice(0, Math.max(0, unit))].length;
}

/** The unit at which a code point begins; the text's end where there is none. */
export function unitAt(text: string, point: number): number {
  let unit = 0;
  for (let passed = 0; passed < point && unit < text.length; passed += 1) {
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  }
  return unit;
}

/** A span of units as one of code points, in whole words without the spaces at its ends; null where no word is left. */
export function spanOfPoints(text: string, span: Span): Span | null {
  let [start, end] = [Math.max(0, span.start), Math.min(text.length, span.end)];
  if (isLow(text, start)) start -= 1;
  if (isLow(text, end)) end += 1;
  while (start < end && /\s/.test(text[start] ?? "")) start += 1;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end -= 1;
  while (start > 0 && start < end && isInWord(text[start - 1]) && isInWord(text[start])) start -= 1;
  while (end < text.length && start < end && isInWord(text[end - 1]) && isInWord(text[end])) end += 1;
  if (!/[\p{L}\p{N}]/u.test(text.slice(start, end))) return null;
  return { start: pointAt(text, start), end: pointAt(text, end) };
}

/** A span of code points as one of units. */
export function spanOfUnits(text: string, span: Span): Span {
  return { start: unitAt(text, span.start), end: unitAt(text, span.end) };
}

/** A unit of a text area's value, which has LF for every CRLF, as a unit of the text it was given. */
export function unitInText(text: string, unit: number): number {
  let at = 0;
  for (let passed = 0; passed < unit && at < text.length; passed += 1) {
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
  }
  return at;
}

/** What is selected in an element that holds nothing but the text, in units; null where nothing of it is. */
export function selectedIn(element: Element, selection: Selection | null): Span | null {
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(element)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(element);
  const before = whole.cloneRange();
  const startsInside = element.contains(range.startContainer);
  const endsInside = element.contains(range.endContainer);
  if (startsInside) before.setEnd(range.startContainer, range.startOffset);
  const start = startsInside ? before.toString().length : 0;
  if (endsInside) whole.setEnd(range.endContainer, range.endOffset);
  const end = whole.toString().length;
  return end > start ? { start, end } : null;
}

export type Mark = Span & { id: string };
/** A stretch of the text, with the marks that cover all of it. */
export type Piece = { text: string; marks: readonly string[] };

/** The text cut where marks begin and end; marks may overlap. Spans are in code points. */
export function pieces(text: string, marks: readonly Mark[]): Piece[] {
  const spans = marks.map((mark) => ({ id: mark.id, ...spanOfUnits(text, mark) })).filter((span) => span.end > span.start);
  const cuts = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length;
    return {
      text: text.slice(from, to),
      marks: spans.filter((span) => span.start <= from && span.end >= to).map((span) => span.id),
    };
  });
}

/** Whether words go on over this sign; those of scripts without spaces between words do not. */
function isInWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}\p{M}_]/u.test(sign) && !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(sign);
}

function isLow(text: string, unit: number): boolean {
  const code = text.charCodeAt(unit);
  return unit > 0 && unit < text.length && code >= 0xdc00 && code <= 0xdfff;
}
