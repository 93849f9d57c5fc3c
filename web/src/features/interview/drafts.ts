// What stands in the composer, kept in the tab's own storage until it is sent: a reload loses no word, and nothing stays
// behind when the tab is closed.
import { useCallback, useState } from "react";

import { type Shelf, tabShelf } from "~/wire/shelf";

export function useDraft(session: string, shelf: Shelf = tabShelf()): [string, (text: string) => void] {
  const key = `draft:${session}`;
  const [text, setText] = useState(() => read(shelf, key));
  const keep = useCallback(
    (next: string) => {
      setText(next);
      try {
        if (next) shelf.setItem(key, next);
        else shelf.removeItem(key);
      } catch {
        // Without storage the words still stand on the screen.
      }
    },
    [key, shelf],
  );
  return [text, keep];
}

function read(shelf: Shelf, key: string): string {
  try {
    return shelf.getItem(key) ?? "";
  } catch {
    return "";
  }
}
