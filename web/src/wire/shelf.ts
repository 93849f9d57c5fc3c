// The tab's own storage, or one that lasts as long as the page where the browser refuses it.
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

let shelf: Shelf | null = null;

/** Asking for the storage at all may throw; what is kept is then lost by a reload, and by nothing else. */
export function tabShelf(): Shelf {
  shelf ??= storage() ?? inMemory();
  return shelf;
}

function storage(): Shelf | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function inMemory(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}
