import { type Nanos, nanosOf } from "../time/nanos";
import type { Interval } from "../time/range";
import { call } from "./client";
import type { Labels, MatrixSeries } from "./prometheus";

/** One line of a log, with all that is known about it. */
export interface LogLine {
  readonly ns: Nanos;
  readonly line: string;
  /** The labels of its stream, shared by all lines of it. */
  readonly stream: Labels;
  /** What is known of this line alone: structured metadata, and what the query's parsers found. */
  readonly metadata: Labels;
}

export type Direction = "forward" | "backward";

/** What a query over logs yields: lines, or series for a query that counts. */
export type LogAnswer =
  | { readonly kind: "lines"; readonly lines: readonly LogLine[] }
  | { readonly kind: "series"; readonly series: readonly MatrixSeries[] };

/** From `startNs`, which belongs to it, to `endNs`, which does not. */
export interface LogWindow {
  readonly startNs: Nanos;
  readonly endNs: Nanos;
}

/** As Loki writes a line: time and text, and with [CATEGORIZE] what belongs to this line alone. */
type RawValue = readonly [ns: string, line: string, own?: { structuredMetadata?: Labels; parsed?: Labels }];

interface RawAnswer {
  readonly data:
    | { readonly resultType: "streams"; readonly result: readonly { stream: Labels; values: readonly RawValue[] }[] }
    | { readonly resultType: "matrix"; readonly result: readonly MatrixSeries[] }
    | { readonly resultType: "vector" | "scalar"; readonly result: unknown };
}

const CATEGORIZE = { "X-Loki-Response-Encoding-Flags": "categorize-labels" };
const NOTHING: Labels = {};

export function windowOf({ startMs, endMs }: Interval): LogWindow {
  return { startNs: nanosOf(startMs), endNs: nanosOf(endMs) };
}

/** The first `limit` lines of a window in a direction; for a query that counts, its series. */
export async function queryLogs(
  query: string,
  { startNs, endNs }: LogWindow,
  { limit, direction, stepS = 15 }: { limit: number; direction: Direction; stepS?: number },
  signal?: AbortSignal,
): Promise<LogAnswer> {
  const parameters = new URLSearchParams({
    query,
    start: String(startNs),
    end: String(endNs),
    limit: String(limit),
    direction,
    step: String(stepS),
  });
  const path = `loki/api/v1/query_range?${parameters}`;
  const { data } = await call<RawAnswer>(path, { headers: CATEGORIZE, signal: signal ?? null });
  if (data.resultType === "streams") return { kind: "lines", lines: linesOf(data.result, direction) };
  return { kind: "series", series: data.resultType === "matrix" ? data.result : [] };
}

/** The series of a query that counts, at the ends of equal steps. */
export async function querySeries(
  query: string,
  { startMs, endMs }: Interval,
  stepS: number,
  signal?: AbortSignal,
): Promise<readonly MatrixSeries[]> {
  const window = { startNs: nanosOf(startMs), endNs: nanosOf(endMs) };
  const answer = await queryLogs(query, window, { limit: 1, direction: "forward", stepS }, signal);
  return answer.kind === "series" ? answer.series : [];
}

export async function logLabels(interval: Interval, signal?: AbortSignal): Promise<readonly string[]> {
  return list(`loki/api/v1/labels?${spanOf(interval)}`, signal);
}

/** The values of a label among the streams that `selector` finds; among all without one. */
export async function logLabelValues(
  name: string,
  selector: string | null,
  interval: Interval,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const narrowed = selector === null ? "" : `&query=${encodeURIComponent(selector)}`;
  return list(`loki/api/v1/label/${encodeURIComponent(name)}/values?${spanOf(interval)}${narrowed}`, signal);
}

async function list(path: string, signal?: AbortSignal): Promise<readonly string[]> {
  return (await call<{ data?: readonly string[] | null }>(path, { signal: signal ?? null })).data ?? [];
}

function spanOf({ startMs, endMs }: Interval): string {
  return String(new URLSearchParams({ start: String(nanosOf(startMs)), end: String(nanosOf(endMs)) }));
}

/** The lines of all streams in one order; those with equal times as the server has them. Exported for its test. */
export function linesOf(
  streams: readonly { readonly stream: Labels; readonly values: readonly RawValue[] }[],
  direction: Direction,
): readonly LogLine[] {
  const lines = streams.flatMap(({ stream, values }) =>
    values.map(([ns, line, own]): LogLine => {
      return { ns: BigInt(ns), line, stream, metadata: own ? { ...own.structuredMetadata, ...own.parsed } : NOTHING };
    }),
  );
  const sign = direction === "forward" ? 1 : -1;
  return lines.sort((a, b) => (a.ns < b.ns ? -sign : a.ns > b.ns ? sign : 0));
}
