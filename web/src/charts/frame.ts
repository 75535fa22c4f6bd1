import type { Labels, MatrixSeries } from "../api/prometheus";
import { seriesColours, seriesName } from "../format/colour";
import type { Interval } from "../time/range";
import type { ChartQuery } from "./query";

/** Series over one shared time axis. A place without a sample is null: gaps stay gaps. */
export interface Frame {
  readonly interval: Interval;
  readonly stepS: number;
  /** Rising, one for each step of the interval. */
  readonly timesS: readonly number[];
  readonly series: readonly FrameSeries[];
}

export interface FrameSeries {
  readonly name: string;
  readonly labels: Labels;
  readonly colour: string;
  readonly values: readonly (number | null)[];
}

interface Part {
  readonly query: ChartQuery;
  readonly series: readonly MatrixSeries[];
}

/** Puts the answers of several queries on one axis; series keep the order of queries, then of names. */
export function frameOf(parts: readonly Part[], interval: Interval, stepS: number): Frame {
  const stepMs = stepS * 1_000;
  const count = Math.max(0, Math.round((interval.endMs - interval.startMs) / stepMs) + 1);
  const timesS = Array.from({ length: count }, (_, i) => (interval.startMs + i * stepMs) / 1_000);
  const named = parts.flatMap(({ query, series }) =>
    series.map(({ metric, values = [] }) => {
      const column: (number | null)[] = new Array(count).fill(null);
      for (const [timeS, text] of values) {
        const index = Math.round((timeS * 1_000 - interval.startMs) / stepMs);
        const value = parseValue(text);
        if (index >= 0 && index < count && Number.isFinite(value)) column[index] = value;
      }
      return { query, name: nameOf(query, metric), labels: metric, values: column };
    }),
  );
  const colours = seriesColours(named.map(({ name }) => name));
  const series = named.map(({ query, name, labels, values }) => ({
    name,
    labels,
    values,
    colour: fixedColour(query, labels) ?? (colours.get(name) as string),
  }));
  return { interval, stepS, timesS, series };
}

/** A sample's value as the API writes it. */
export function parseValue(text: string): number {
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  return Number.parseFloat(text);
}

/** The value at the end of the axis; null where the series had ended before. */
export function lastValue({ values }: Pick<FrameSeries, "values">): number | null {
  return values.at(-1) ?? values.at(-2) ?? null;
}

export interface Extent {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** Smallest, greatest and mean value; null where there is none. */
export function extentOf({ values }: Pick<FrameSeries, "values">): Extent | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    count++;
  }
  return count === 0 ? null : { min, max, mean: sum / count };
}

function nameOf({ name }: ChartQuery, labels: Labels): string {
  if (name === undefined) return seriesName(labels);
  return typeof name === "string" ? name : name(labels);
}

function fixedColour({ colour }: ChartQuery, labels: Labels): string | undefined {
  return typeof colour === "function" ? colour(labels) : colour;
}
