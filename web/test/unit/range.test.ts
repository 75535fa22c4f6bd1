import { describe, expect, it } from "vitest";
import { describeRange } from "../../src/time/format";
import { absolute, parseMoment, problemOf, resolve, shifted, zoomedOut } from "../../src/time/range";
import { aligned, rateWindow, stepSecondsFor } from "../../src/time/step";

const NOW = Date.parse("2026-03-04T10:20:30.400");

describe("a moment", () => {
  const cases: readonly [text: string, end: boolean, local: string | null][] = [
    ["now", false, "2026-03-04T10:20:30.400"],
    ["now-15m", false, "2026-03-04T10:05:30.400"],
    [" now-2d ", false, "2026-03-02T10:20:30.400"],
    ["now/d", false, "2026-03-04T00:00:00.000"],
    ["now/d", true, "2026-03-04T23:59:59.999"],
    ["now-1h/h", false, "2026-03-04T09:00:00.000"],
    ["now/w", false, "2026-03-02T00:00:00.000"],
    ["2026-03-01", false, "2026-03-01T00:00:00.000"],
    ["2026-03-01 14:05", false, "2026-03-01T14:05:00.000"],
    ["yesterday", false, null],
    ["now-5x", false, null],
    ["12", false, null],
    ["", false, null],
  ];
  it.each(cases)("%s (end: %s) is %s", (text, end, local) => {
    expect(parseMoment(text, NOW, end)).toBe(local === null ? null : Date.parse(local));
  });

  it("may be epoch milliseconds", () => {
    expect(parseMoment("1772619630400", NOW)).toBe(1_772_619_630_400);
  });
});

describe("a range", () => {
  it("that makes no sense means the default one", () => {
    expect(resolve({ from: "soon", to: "now" }, NOW)).toEqual({ startMs: NOW - 900_000, endMs: NOW });
    expect(resolve({ from: "now", to: "now-1h" }, NOW)).toEqual({ startMs: NOW - 900_000, endMs: NOW });
  });

  it("says what is wrong with it", () => {
    expect(problemOf({ from: "soon", to: "now" }, NOW)).toContain("“soon”");
    expect(problemOf({ from: "now-1h", to: "later" }, NOW)).toContain("“later”");
    expect(problemOf({ from: "now", to: "now-1h" }, NOW)).toContain("before the end");
    expect(problemOf({ from: "now-1h", to: "now" }, NOW)).toBeNull();
  });

  it("moves by half its length and widens to twice of it, but not into the future", () => {
    const hour = { startMs: NOW - 3_600_000, endMs: NOW };
    expect(shifted(hour, -1)).toEqual({ startMs: NOW - 5_400_000, endMs: NOW - 1_800_000 });
    expect(zoomedOut(hour, NOW)).toEqual({ startMs: NOW - 7_200_000, endMs: NOW });
  });

  it("survives being written as an address", () => {
    const interval = { startMs: NOW - 60_000, endMs: NOW };
    expect(resolve(absolute(interval), 0)).toEqual(interval);
  });

  it("is described by its usual name or by its dates", () => {
    const interval = resolve({ from: "now-15m", to: "now" }, NOW);
    expect(describeRange({ from: "now-15m", to: "now" }, interval)).toBe("Last 15 minutes");
    expect(describeRange({ from: "now-45m", to: "now" }, interval)).toBe("Last 45 m");
    expect(describeRange(absolute(interval), interval)).toBe("04 Mar 10:05 – 10:20");
  });
});

describe("a step", () => {
  it("is a round number of seconds for about three pixels each", () => {
    expect(stepSecondsFor({ startMs: 0, endMs: 900_000 }, 900)).toBe(5);
    expect(stepSecondsFor({ startMs: 0, endMs: 86_400_000 }, 900)).toBe(300);
    expect(stepSecondsFor({ startMs: 0, endMs: 400 * 86_400_000 }, 300)).toBe(4 * 86_400);
  });

  it("aligns the interval inwards", () => {
    expect(aligned({ startMs: 1_001, endMs: 21_999 }, 5)).toEqual({ startMs: 5_000, endMs: 20_000 });
  });

  it("never leaves a rate with fewer than four scrapes", () => {
    expect(rateWindow(5)).toBe("60s");
    expect(rateWindow(300)).toBe("315s");
  });
});
