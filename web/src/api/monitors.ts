import type { Interval } from "../time/range";
import { ApiError, call, send } from "./client";
import { iso, modelPath } from "./models";

export type MonitorState = "ok" | "watch" | "broken" | "not_enough" | "failed";

/** What a monitor found in one window. */
export interface Outcome {
  readonly start: number;
  readonly end: number;
  readonly n: number;
  readonly value?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly state: MonitorState;
  readonly text?: string;
}

/** What is looked at, and when it is wrong; keys as in the configuration. */
export interface Definition {
  readonly kind: string;
  readonly measure?: string;
  readonly feature?: string;
  readonly window?: string;
  readonly rows?: number;
  readonly severity?: string;
  readonly [key: string]: unknown;
}

export interface Monitor {
  readonly name: string;
  /** It stands in the configuration and cannot be changed here. */
  readonly configured: boolean;
  readonly enabled: boolean;
  readonly definition: Definition;
  readonly last?: Outcome;
}

export async function monitorsOf(model: string, signal?: AbortSignal): Promise<readonly Monitor[]> {
  const { monitors } = await call<{ monitors: Monitor[] }>(`${modelPath(model)}/monitors`, { signal: signal ?? null });
  return monitors;
}

export async function historyOf(
  model: string,
  name: string,
  interval: Interval,
  signal?: AbortSignal,
): Promise<readonly Outcome[]> {
  const path = `${monitorPath(model, name)}/history?${span(interval)}`;
  const { outcomes } = await call<{ outcomes: Outcome[] }>(path, { signal: signal ?? null });
  return outcomes;
}

/** What a monitor would have said over the past; nothing is kept. */
export async function previewOf(
  model: string,
  name: string,
  definition: Definition,
  interval: Interval,
): Promise<readonly Outcome[]> {
  const path = `${monitorPath(model, name)}/preview?${span(interval)}`;
  const { outcomes } = await call<{ outcomes: Outcome[] }>(path, json("POST", definition));
  return outcomes;
}

export function keepMonitor(model: string, name: string, definition: Definition): Promise<Monitor> {
  return call(monitorPath(model, name), json("PUT", definition));
}

export function runMonitor(model: string, name: string): Promise<Outcome> {
  return call(`${monitorPath(model, name)}/run`, { method: "POST" });
}

export async function forgetMonitor(model: string, name: string): Promise<void> {
  const response = await send(monitorPath(model, name), { method: "DELETE" });
  if (!response.ok) throw new ApiError(`The monitor is still there: status ${response.status}.`, response.status);
}

function json(method: string, body: unknown): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function monitorPath(model: string, name: string): string {
  return `${modelPath(model)}/monitors/${encodeURIComponent(name)}`;
}

function span({ startMs, endMs }: Interval): URLSearchParams {
  return new URLSearchParams({ start: iso(startMs), end: iso(endMs) });
}
