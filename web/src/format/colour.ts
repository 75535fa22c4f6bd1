import type { Labels } from "../api/prometheus";

/** Numbers of the palette's colours; a name chooses among the vivid ones, the greyish follow when those are taken. */
const PALETTE = [1, 2, 3, 4, 5, 6, 7, 10, 8, 9];
const VIVID = 8;

/** The name of a series as Prometheus writes it: `metric{a="1",b="2"}`. */
export function seriesName({ __name__: name = "", ...labels }: Labels): string {
  const parts = Object.keys(labels)
    .sort()
    .map((key) => `${key}=${JSON.stringify(labels[key])}`);
  if (parts.length === 0) return name || "{}";
  return `${name}{${parts.join(", ")}}`;
}

/**
 * One colour for each name. The name's hash chooses, so that a series keeps its colour in every chart
 * and after every refresh; where two want the same colour, the later one by name takes the next.
 */
export function seriesColours(names: readonly string[]): Map<string, string> {
  const chosen = new Map<string, string>();
  const taken = new Set<number>();
  for (const name of [...new Set(names)].sort()) {
    if (taken.size === PALETTE.length) taken.clear();
    let slot = hash(name) % VIVID;
    while (taken.has(slot)) slot = (slot + 1) % (taken.size < VIVID ? VIVID : PALETTE.length);
    taken.add(slot);
    chosen.set(name, `var(--series-${PALETTE[slot]})`);
  }
  return chosen;
}

/** FNV-1a, 32 bits: short names that differ in one letter fall far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value ^= text.charCodeAt(i);
    value = Math.imul(value, 0x01000193);
  }
  return (value ^ (value >>> 15)) >>> 0;
}

/** A colour written as `var(--…)` as the theme has it now, for a canvas. */
export function resolvedColour(colour: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  return name ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() : colour;
}
