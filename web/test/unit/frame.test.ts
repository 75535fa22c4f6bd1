import { describe, expect, it } from "vitest";
import { extentOf, frameOf, lastValue } from "../../src/charts/frame";
import { binsOf } from "../../src/charts/Histogram";
import { yRange } from "../../src/charts/plot";
import { pathsOf } from "../../src/charts/Sparkline";
import { summaryOf } from "../../src/charts/summary";

const INTERVAL = { startMs: 100_000, endMs: 120_000 };

describe("a frame", () => {
  it("puts samples on the steps of its axis and leaves gaps empty", () => {
    const values = [
      [100, "1"],
      [110, "3"],
      [120, "NaN"],
      [125, "9"],
    ] as const;
    const frame = frameOf([{ query: { expr: "x", name: "x" }, series: [{ metric: {}, values }] }], INTERVAL, 5);
    expect(frame.timesS).toEqual([100, 105, 110, 115, 120]);
    expect(frame.series[0]?.values).toEqual([1, null, 3, null, null]);
  });

  it("names series by their query, or else by all their labels", () => {
    const series = [{ metric: { __name__: "up", job: "a", instance: "b:1" }, values: [] }];
    const named = (name?: (labels: Readonly<Record<string, string>>) => string) =>
      frameOf([{ query: { expr: "up", ...(name ? { name } : {}) }, series }], INTERVAL, 5).series[0]?.name;
    expect(named()).toBe('up{instance="b:1", job="a"}');
    expect(named(({ job }) => `job ${job}`)).toBe("job a");
  });

  it("knows last, smallest, greatest and mean value, and that there is none", () => {
    expect(lastValue({ values: [1, 2, null] })).toBe(2);
    expect(lastValue({ values: [1, null, null] })).toBeNull();
    expect(extentOf({ values: [4, null, 1, 1] })).toEqual({ min: 1, max: 4, mean: 2 });
    expect(extentOf({ values: [null] })).toBeNull();
  });

  it("can be read as a sentence", () => {
    const values = [
      [100, "0.5"],
      [105, "2"],
      [120, "1.25"],
    ] as const;
    const frame = frameOf([{ query: { expr: "x", name: "p95" }, series: [{ metric: {}, values }] }], INTERVAL, 5);
    expect(summaryOf("Latency", frame, "seconds")).toMatch(/^Latency, 1 series\. p95: last 1\.25 s, max 2 s at .*:45$/);
    expect(summaryOf("Latency", { ...frame, series: [] }, "seconds")).toBe("Latency: no data");
  });
});

describe("a histogram", () => {
  it("takes the smaller bins out of every cumulative count", () => {
    const cumulative = [
      { le: Number.POSITIVE_INFINITY, count: 12 },
      { le: 0.5, count: 4 },
      { le: 1, count: 10 },
    ];
    expect(binsOf(cumulative)).toEqual([
      { low: 0, high: 0.5, count: 4 },
      { low: 0.5, high: 1, count: 6 },
      { low: 1, high: Number.POSITIVE_INFINITY, count: 2 },
    ]);
  });

  it("leaves out an empty bin without an end, and never counts below zero", () => {
    expect(
      binsOf([
        { le: 1, count: 3 },
        { le: Number.POSITIVE_INFINITY, count: 3 },
      ]),
    ).toHaveLength(1);
    expect(
      binsOf([
        { le: 1, count: 3 },
        { le: 2, count: 2.9 },
      ])[1]?.count,
    ).toBe(0);
  });
});

describe("an axis", () => {
  it("begins at zero and shows a line of zeros at the bottom", () => {
    expect(yRange(0, 0, undefined)).toEqual([0, 1]);
    expect(yRange(null, null, undefined)).toEqual([0, 1]);
    expect(yRange(50, 100, undefined)).toEqual([0, 108]);
    expect(yRange(0.2, 0.7, 1)).toEqual([0, 1]);
    expect(yRange(-10, 10, undefined)).toEqual([-10.5, 10.8]);
  });
});

it("a sparkline breaks where a value is missing", () => {
  expect(pathsOf([1, 1, null, 1, 1], 1)).toHaveLength(2);
  expect(pathsOf([null, null], 1)).toHaveLength(0);
});
