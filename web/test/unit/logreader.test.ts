import { describe, expect, it } from "vitest";
import type { Direction, LogLine } from "../../src/api/loki";
import { type Ask, LogReader, MOST_AT_ONCE, PAGE_LINES } from "../../src/pages/logs/LogReader";
import { merged, namesOf, newLines } from "../../src/pages/logs/lines";

const SECOND = 1_000_000_000n;
const WINDOW = { startNs: 0n, endNs: 1_000n * SECOND };

describe("new lines of a page", () => {
  it("are those that are not held, and a line written twice is two", () => {
    const held = [line(1n, "a"), line(2n, "b"), line(2n, "b")];
    const page = [line(2n, "b"), line(2n, "b"), line(2n, "b"), line(2n, "c"), line(3n, "d")];
    expect(newLines(held, page).map((one) => one.line)).toEqual(["b", "c", "d"]);
    expect(newLines(held, page)[0]).toBe(page[2]);
  });

  it("differ by stream and metadata too, whatever the order of labels", () => {
    const held = [{ ...line(1n, "a"), stream: { x: "1", y: "2" }, metadata: { id: "7" } }];
    expect(newLines(held, [{ ...line(1n, "a"), stream: { y: "2", x: "1" }, metadata: { id: "7" } }])).toEqual([]);
    expect(newLines(held, [{ ...line(1n, "a"), stream: { y: "2", x: "1" }, metadata: { id: "8" } }])).toHaveLength(1);
    expect(newLines(held, [{ ...line(1n, "a"), stream: { x: "1" }, metadata: { id: "7" } }])).toHaveLength(1);
  });
});

it("each line has a name of its own, which lasts when the lines are read anew", () => {
  const read = () => [line(1n, "a"), line(1n, "a"), line(1n, "b")];
  const names = (lines: readonly LogLine[]) => lines.map((one) => namesOf(lines).get(one));
  expect(new Set(names(read())).size).toBe(3);
  expect(names(read())).toEqual(names(read()));
});

it("a late line appears at its time, and nothing else moves", () => {
  const held = [line(1n, "a"), line(3n, "c"), line(3n, "d")];
  const texts = (side: "before" | "after") => merged(held, [line(2n, "x"), line(3n, "y")], side).map((one) => one.line);
  expect(texts("after")).toEqual(["a", "x", "c", "d", "y"]);
  expect(texts("before")).toEqual(["a", "x", "y", "c", "d"]);
});

describe.each<Direction>(["backward", "forward"])("reading %s", (direction) => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("page by page brings every line once, in order (seed %i)", async (seed) => {
    const stored = crowd(seed, 2_600);
    const reader = new LogReader(serverOf(stored), WINDOW, direction);
    let asked = 0;
    while (!reader.complete && asked++ < 50) await reader.more();
    expect(reader.lines.map(({ line: text }) => text)).toEqual(stored.map(({ line: text }) => text));
    expect(asked).toBeLessThan(20);
  });

  it("goes on behind a time with more lines than are answered at once, and says so", async () => {
    const stored = [
      line(1n, "before"),
      ...Array.from({ length: MOST_AT_ONCE + 10 }, (_, i) => line(SECOND, `crowded ${i}`)),
      line(2n * SECOND, "after"),
    ];
    const reader = new LogReader(serverOf(stored), WINDOW, direction);
    for (let i = 0; i < 30 && !reader.complete; i++) await reader.more();
    expect(reader.complete).toBe(true);
    expect(reader.crowded.size).toBe(1);
    expect(reader.lines[0]?.line).toBe("before");
    expect(reader.lines.at(-1)?.line).toBe("after");
  });
});

describe("following", () => {
  it.each([11, 12, 13, 14])("brings every line once, also those that arrive late (seed %i)", async (seed) => {
    const random = generator(seed);
    const stored: LogLine[] = [];
    const reader = new LogReader(serverOf(stored), WINDOW, "backward");
    await reader.more();
    for (let second = 1_001n; second < 1_030n; second++) {
      const count = Math.floor(random() * 40);
      for (let i = 0; i < count; i++) {
        const late = random() < 0.2 ? BigInt(Math.floor(random() * 2.5e9)) : 0n;
        stored.push(line(second * SECOND + BigInt(Math.floor(random() * 3)) - late, `${second} ${i}`));
      }
      stored.sort((a, b) => (a.ns < b.ns ? -1 : a.ns > b.ns ? 1 : 0));
      await reader.poll(second * SECOND);
    }
    expect(texts(reader.lines)).toEqual(texts(stored));
  });

  it("keeps up with more lines than are answered at once", async () => {
    const stored = Array.from({ length: 3 * MOST_AT_ONCE }, (_, i) => line(1_001n * SECOND + BigInt(i >> 2), `${i}`));
    const reader = new LogReader(serverOf(stored), WINDOW, "backward");
    await reader.more();
    expect(await reader.poll(1_002n * SECOND)).toBe(stored.length);
    expect(texts(reader.lines)).toEqual(texts(stored));
  });

  it("lets the oldest go, does not count them as new, and reads them again when asked", async () => {
    const stored = Array.from({ length: 900 }, (_, i) => line(1_000n * SECOND + BigInt(i), `${i}`));
    const reader = new LogReader(serverOf(stored), { ...WINDOW, endNs: 1_001n * SECOND }, "backward");
    await reader.more();
    await reader.more();
    reader.trim(100);
    expect(reader.lines).toHaveLength(100);
    expect(await reader.poll(1_001n * SECOND)).toBe(0);
    expect(reader.complete).toBe(false);
    await reader.more();
    expect(reader.lines).toHaveLength(100 + PAGE_LINES);
  });
});

it("a query that counts has series and no lines", async () => {
  const reader = new LogReader(async () => ({ kind: "series", series: [] }), WINDOW, "backward");
  await reader.more();
  expect(reader).toMatchObject({ series: [], complete: true, lines: [] });
});

function line(ns: bigint, text: string): LogLine {
  return { ns, line: text, stream: STREAM, metadata: NOTHING };
}

const STREAM = { service: "a" };
const NOTHING = {};

function texts(lines: readonly LogLine[]): readonly string[] {
  return lines.map(({ line: text }) => text).sort();
}

/** Lines at few different times, so that pages end in the middle of one; in the order in which they were stored. */
function crowd(seed: number, count: number): readonly LogLine[] {
  const random = generator(seed);
  const times = Array.from({ length: count }, () => BigInt(Math.floor(random() * (seed * 3))) * SECOND).sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  return times.map((ns, i) => line(ns, `${i}`));
}

/** A server that answers at most so many lines at once: the oldest or the newest of a window. */
function serverOf(stored: readonly LogLine[]): Ask {
  return async ({ startNs, endNs }, limit, direction) => {
    const found = stored.filter(({ ns }) => ns >= startNs && ns < endNs);
    const ordered = direction === "forward" ? found : found.toReversed();
    // A server makes new objects for each answer.
    const lines = ordered.slice(0, Math.min(limit, MOST_AT_ONCE)).map((one) => ({ ...one }));
    return { kind: "lines", lines };
  };
}

/** Numbers between 0 and 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}
