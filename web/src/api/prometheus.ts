import type { Interval } from "../time/range";
import { curlOf } from "../url/curl";
import { basePath, call } from "./client";
import { authorization } from "./session";

export type Labels = Readonly<Record<string, string>>;

/** Seconds and the value as text, so that `NaN` and `+Inf` survive JSON. */
export type Point = readonly [timeS: number, value: string];

export type Result =
  | { readonly resultType: "matrix"; readonly result: readonly MatrixSeries[] }
  | { readonly resultType: "vector"; readonly result: readonly VectorPoint[] }
  | { readonly resultType: "scalar" | "string"; readonly result: Point };

export interface MatrixSeries {
  readonly metric: Labels;
  readonly values?: readonly Point[];
}

export interface VectorPoint {
  readonly metric: Labels;
  readonly value?: Point;
}

/** What a query yields, with what the server has to say about it. */
export interface Answer<R extends Result = Result> {
  readonly data: R;
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
}

export interface Target {
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly labels: Labels;
  readonly discoveredLabels?: Labels;
  readonly health: "up" | "down" | "unknown";
  readonly lastError: string;
  readonly lastScrape: string;
  readonly lastScrapeDuration: number;
  readonly scrapeInterval?: string;
  readonly scrapeTimeout?: string;
}

export interface BuildFacts {
  /** The Prometheus that the server speaks like, then its own: `3.14.0+sightline.0.1.0`. */
  readonly version: string;
  readonly revision?: string;
}

interface Envelope<T> {
  readonly data: T;
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

type Matrix = Extract<Result, { resultType: "matrix" }>;

/** Whether anyone who reaches the server may do anything: it is open to the network and knows no users. */
export async function isOpenToAll(signal?: AbortSignal): Promise<boolean> {
  const path = "api/v1/status/flags";
  const { data } = await call<Envelope<Readonly<Record<string, string>>>>(path, { signal: signal ?? null });
  return data["open"] === "true";
}

type Parameters = Readonly<Record<string, string | number>>;

export function queryRange(expr: string, interval: Interval, stepS: number, signal?: AbortSignal) {
  return ask<Matrix>("query_range", rangeParameters(expr, interval, stepS), signal);
}

export function queryInstant(expr: string, timeMs: number, signal?: AbortSignal) {
  return ask<Result>("query", instantParameters(expr, timeMs), signal);
}

/** The call that [queryRange] makes, as a command for a shell. */
export function queryRangeCurl(expr: string, interval: Interval, stepS: number): string {
  return curl("query_range", rangeParameters(expr, interval, stepS));
}

/** The call that [queryInstant] makes, as a command for a shell. */
export function queryInstantCurl(expr: string, timeMs: number): string {
  return curl("query", instantParameters(expr, timeMs));
}

function rangeParameters(expr: string, { startMs, endMs }: Interval, stepS: number): Parameters {
  return { query: expr, start: startMs / 1_000, end: endMs / 1_000, step: stepS };
}

function instantParameters(expr: string, timeMs: number): Parameters {
  return { query: expr, time: timeMs / 1_000 };
}

function curl(path: string, parameters: Parameters): string {
  return curlOf(location.origin + basePath(), `api/v1/${path}`, parameters, authorization() !== null);
}

export async function activeTargets(signal?: AbortSignal): Promise<readonly Target[]> {
  const path = "api/v1/targets?state=active";
  const envelope = await call<Envelope<{ activeTargets: readonly Target[] }>>(path, { signal: signal ?? null });
  return envelope.data.activeTargets;
}

export async function buildFacts(signal?: AbortSignal): Promise<BuildFacts> {
  return (await call<Envelope<BuildFacts>>("api/v1/status/buildinfo", { signal: signal ?? null })).data;
}

async function ask<R extends Result>(path: string, parameters: Parameters, signal?: AbortSignal): Promise<Answer<R>> {
  const body = new URLSearchParams(Object.entries(parameters).map(([key, value]) => [key, String(value)]));
  const envelope = await call<Envelope<R>>(`api/v1/${path}`, { method: "POST", body, signal: signal ?? null });
  return { data: envelope.data, warnings: envelope.warnings ?? [], infos: envelope.infos ?? [] };
}
