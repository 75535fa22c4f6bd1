import type { LogLine } from "../../api/loki";
import type { Nanos } from "../../time/nanos";

/** What makes two lines the same one: time, stream, text and metadata. Lines that agree in all of it are counted. */
export function identityOf({ ns, line, stream, metadata }: LogLine): string {
  return `${ns}\n${pairsOf(stream)}\n${pairsOf(metadata)}\n${line}`;
}

/**
 * The lines of `page` that `held` does not have yet, in their order. A page overlaps what is held where it was
 * asked from the time of the last line on, because that time may have more lines than were answered. A line
 * that was written twice is two lines: so each held one takes away one of the page only.
 */
export function newLines(held: readonly LogLine[], page: readonly LogLine[]): readonly LogLine[] {
  if (page.length === 0) return page;
  const [low, high] = extentOf(page);
  const counts = new Map<string, number>();
  for (const line of held) {
    if (line.ns < low || line.ns > high) continue;
    const identity = identityOf(line);
    counts.set(identity, (counts.get(identity) ?? 0) + 1);
  }
  if (counts.size === 0) return page;
  return page.filter((line) => {
    const identity = identityOf(line);
    const count = counts.get(identity) ?? 0;
    if (count > 0) counts.set(identity, count - 1);
    return count === 0;
  });
}

/**
 * Puts lines among those that are there, oldest first. Of equal times, those added stand before or after those
 * that were there: so a late line appears at its time, and nothing that was read changes places.
 */
export function merged(
  held: readonly LogLine[],
  added: readonly LogLine[],
  side: "before" | "after",
): readonly LogLine[] {
  if (added.length === 0) return held;
  if (held.length === 0) return added;
  const result: LogLine[] = [];
  let at = 0;
  for (const line of added) {
    while (at < held.length && comesFirst(held[at] as LogLine, line, side)) result.push(held[at++] as LogLine);
    result.push(line);
  }
  while (at < held.length) result.push(held[at++] as LogLine);
  return result;
}

function comesFirst(held: LogLine, added: LogLine, side: "before" | "after"): boolean {
  return side === "after" ? held.ns <= added.ns : held.ns < added.ns;
}

/** A name for each line, the same after the list is read anew: what it is, and the how manieth of those that are the same. */
export function namesOf(lines: readonly LogLine[]): ReadonlyMap<LogLine, string> {
  const counts = new Map<string, number>();
  const names = new Map<LogLine, string>();
  for (const line of lines) {
    const identity = identityOf(line);
    const count = counts.get(identity) ?? 0;
    counts.set(identity, count + 1);
    names.set(line, count === 0 ? identity : `${identity}\n${count}`);
  }
  return names;
}

/** How many of the lines have this time: so many come again when it is asked for. */
export function countAt(lines: readonly LogLine[], ns: Nanos): number {
  return lines.reduce((count, line) => (line.ns === ns ? count + 1 : count), 0);
}

function extentOf(lines: readonly LogLine[]): readonly [low: Nanos, high: Nanos] {
  const [a, b] = [(lines[0] as LogLine).ns, (lines.at(-1) as LogLine).ns];
  return a < b ? [a, b] : [b, a];
}

const known = new WeakMap<object, string>();

/** The streams of an answer are shared by their lines: each is written once. */
function pairsOf(labels: Readonly<Record<string, string>>): string {
  const before = known.get(labels);
  if (before !== undefined) return before;
  const text = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
  known.set(labels, text);
  return text;
}
