// How long a message may be. The server counts bytes; people are told in letters, and before they send.

/** Something to say about the length of a message of at most `most` bytes; null while there is plenty of room. */
export function lengthWords(text: string, most: number): { words: string; tooLong: boolean } | null {
  // No letter takes more than four bytes.
  if (text.length * 4 < most * 0.8) return null;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes < most * 0.8) return null;
  const letters = Math.ceil((Math.abs(most - bytes) * text.length) / bytes);
  const count = letters.toLocaleString("en-GB");
  return bytes > most
    ? { words: `Too long by about ${count} letters. Send it in two.`, tooLong: true }
    : { words: `Room for about ${count} more letters`, tooLong: false };
}
