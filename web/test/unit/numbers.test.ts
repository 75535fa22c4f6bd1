import { expect, it } from "vitest";
import { formatAxis, formatCount, formatValue, significant, type Unit } from "../../src/format/numbers";
import { unitOf } from "../../src/format/unitOf";

const cases: readonly [value: number | null, unit: Unit, text: string][] = [
  [null, "short", "–"],
  [Number.NaN, "ratio", "–"],
  [Number.POSITIVE_INFINITY, "short", "+∞"],
  [0, "short", "0"],
  [1_234, "short", "1.23k"],
  [999.4, "short", "999"],
  [999.6, "short", "1k"],
  [999_950, "short", "1M"],
  [-1_500_000, "short", "−1.5M"],
  [0.000_12, "short", "0.00012"],
  [4.5, "perSecond", "4.5/s"],
  [0.9821, "ratio", "98.2 %"],
  [0.000_4, "ratio", "0.04 %"],
  [1, "ratio", "100 %"],
  [0.012_34, "seconds", "12.3 ms"],
  [0.000_35, "seconds", "0.35 ms"],
  [0.000_05, "seconds", "0.05 ms"],
  [0.000_005, "seconds", "5 µs"],
  [0.999_9, "seconds", "1 s"],
  [90, "seconds", "90 s"],
  [5_400, "seconds", "90 min"],
  [200_000, "seconds", "2.31 d"],
  [1_536, "bytes", "1.5 KiB"],
  [512, "bytes", "512 B"],
];

it.each(cases)("%s in %s is written %s", (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text);
});

it("writes three significant figures and no needless zeros", () => {
  expect([1, 1.2, 1.234, 12.34, 123.4, 0.1, 0.01234, -2.5].map(significant)).toEqual([
    "1",
    "1.2",
    "1.23",
    "12.3",
    "123",
    "0.1",
    "0.0123",
    "−2.5",
  ]);
});

it.each<[values: number[], unit: Unit, labels: string[]]>([
  [[0, 0.2, 0.4], "seconds", ["0", "200", "400 ms"]],
  [[0, 0.5, 1], "seconds", ["0", "0.5", "1 s"]],
  [[0, 0.000_2], "seconds", ["0", "0.2 ms"]],
  [[0, 0.25, 0.5], "ratio", ["0", "25", "50 %"]],
  [[0, 500, 1_000], "perSecond", ["0", "0.5", "1k/s"]],
  [[0, 500, 1_000], "short", ["0", "0.5k", "1k"]],
  [[0, 1_048_576], "bytes", ["0", "1 MiB"]],
  [[], "bytes", []],
])("an axis with %s in %s is labelled %s", (values, unit, labels) => {
  expect(formatAxis(values, unit)).toEqual(labels);
});

it("writes counts in full", () => {
  expect(formatCount(0)).toBe("0");
  expect(formatCount(1_234_567.4)).toBe("1\u00a0234\u00a0567");
});

it.each<[expr: string, unit: Unit]>([
  ["node_memory_MemAvailable_bytes", "bytes"],
  ["histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))", "seconds"],
  ["rate(node_cpu_seconds_total[1m])", "short"],
  ["rate(node_network_receive_bytes_total[1m])", "short"],
  ["a_bytes / b_bytes", "short"],
  ['scrape_duration_seconds{path="/x"}', "seconds"],
  ["model_labelled_ratio", "ratio"],
  ["up", "short"],
])("%s counts %s", (expr, unit) => {
  expect(unitOf(expr)).toBe(unit);
});
