// Where a part goes on the board: where it is seen, clear of the tools and of what stands there already.

/** The size of a part, in the board's own units. */
export const SIZE = { width: 144, height: 60 };
const GAP = { across: 70, down: 44 };
// Nearer than this to something else is not free.
const CLEAR = 20;
// Under this width the board has its layout for phones, without the panel of styles at its left.
const ROOMY_PX = 730;
const MOST_PLACES = 200;

/** What of the board is seen: its width in pixels of the screen, how far it is scrolled, and its zoom. */
export type Seen = { width: number; scrollX: number; scrollY: number; zoom: number };
type Box = { x: number; y: number; width: number; height: number };

/** How far the tools reach into a board of this width from each side, in pixels of the screen. */
export function toolsAround(width: number): { left: number; top: number; right: number; bottom: number } {
  const roomy = width >= ROOMY_PX;
  return { left: roomy ? 240 : 24, top: 84, right: roomy ? 16 : 48, bottom: 60 };
}

/** The first free place in reading order from the upper left of what is seen; it may lie below what is seen. */
export function freePlace(seen: Seen, there: readonly Box[]): { x: number; y: number } {
  const tools = toolsAround(seen.width);
  const left = tools.left / seen.zoom - seen.scrollX;
  const top = tools.top / seen.zoom - seen.scrollY;
  const right = (seen.width - tools.right) / seen.zoom - seen.scrollX;
  const [stepX, stepY] = [SIZE.width + GAP.across, SIZE.height + GAP.down];
  const across = Math.max(1, 1 + Math.floor((right - left - SIZE.width) / stepX));
  for (let place = 0; place < MOST_PLACES; place += 1) {
    const at = { x: left + (place % across) * stepX, y: top + Math.floor(place / across) * stepY };
    if (!there.some((one) => near(one, at))) return at;
  }
  return { x: left, y: top };
}

function near(one: Box, at: { x: number; y: number }): boolean {
  return (
    one.x < at.x + SIZE.width + CLEAR &&
    one.x + one.width > at.x - CLEAR &&
    one.y < at.y + SIZE.height + CLEAR &&
    one.y + one.height > at.y - CLEAR
  );
}
