import { isKnown, type Known, type PerformanceWindow } from "../../../api/performance";

import type { Search } from "../../../url/search";

/** When a measure went from one level to another. */
export interface Turn {
  /** The start of the first window on the new level. */
  readonly atMs: number;
  readonly before: number;
  readonly after: number;
}

/** The part of an address that looks at the time since a turn; nothing without one. */
export function sinceTurn(turn: Turn | null, to: string): Search {
  return turn ? { from: String(turn.atMs), to } : {};
}

const NORMAL_95 = 1.96;
const SURE = 15;
const LEAST_BEFORE = 2;

/**
 * The clearest step in a measure over windows, or null where there is none.
 *
 * Windows are weighted by how exactly each is known. Of all places to cut, the one is taken where two levels explain
 * most; how much better two levels are than one is then a chi-squared number, and it must be far above what the best
 * of that many places gives by chance. Carried windows and windows without an interval say nothing.
 */
export function turnOf(windows: readonly PerformanceWindow[], measure: string): Turn | null {
  const points = windows.flatMap((window) => {
    const measured = window.measures[measure];
    if (window.carried || !isKnown(measured)) return [];
    const weight = weightOf(measured);
    return weight === null ? [] : [{ atMs: window.start, value: measured.value, weight }];
  });
  let best: (Turn & { gain: number }) | null = null;
  const all = sumsOf(points);
  for (let cut = LEAST_BEFORE; cut < points.length; cut++) {
    const left = sumsOf(points.slice(0, cut));
    const right = { weight: all.weight - left.weight, total: all.total - left.total };
    const before = left.total / left.weight;
    const after = right.total / right.weight;
    const gain = ((after - before) ** 2 * left.weight * right.weight) / all.weight;
    if (!best || gain > best.gain) best = { atMs: points[cut]?.atMs ?? 0, before, after, gain };
  }
  if (!best || best.gain < SURE + 2 * Math.log(points.length)) return null;
  return { atMs: best.atMs, before: best.before, after: best.after };
}

/** One over the variance. An interval of no width comes from few rows that were all alike: it is not taken at its word. */
function weightOf({ low, high, n }: Known): number | null {
  if (low === undefined || high === undefined || n < 1) return null;
  const deviation = Math.max((high - low) / (2 * NORMAL_95), 1 / n);
  return 1 / deviation ** 2;
}

function sumsOf(points: readonly { value: number; weight: number }[]): { weight: number; total: number } {
  let weight = 0;
  let total = 0;
  for (const point of points) {
    weight += point.weight;
    total += point.weight * point.value;
  }
  return { weight, total };
}
