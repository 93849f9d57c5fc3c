// What lies between two levels of one criterion, in words.

/** "up 1", "down 2", "the same"; nothing to say where one of them was not assessed. */
export function stepOf(before: number | null, after: number | null): string {
  if (before === null || after === null) return "";
  const step = after - before;
  if (step === 0) return "the same";
  return step > 0 ? `up ${step}` : `down ${-step}`;
}
