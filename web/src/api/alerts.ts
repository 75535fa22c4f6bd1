import { ApiError, call } from "./client";
import type { Labels } from "./prometheus";

export type AlertState = "inactive" | "pending" | "firing";

/** One thing that a rule has found, as Prometheus's API writes it. */
export interface RawAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: AlertState;
  /** Since when the expression holds, RFC 3339. */
  readonly activeAt?: string;
  readonly value: string;
}

export interface Rule {
  readonly type: "alerting" | "recording";
  readonly name: string;
  readonly query: string;
  readonly health: "ok" | "err" | "unknown";
  readonly lastError?: string;
  /** Seconds. */
  readonly evaluationTime?: number;
  readonly lastEvaluation?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** How long the expression must hold before the alert fires, seconds; of alerting rules. */
  readonly duration?: number;
  readonly state?: AlertState;
  readonly alerts?: readonly RawAlert[];
}

export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  /** Seconds. */
  readonly interval: number;
  readonly rules: readonly Rule[];
}

export type Outcome = "sent" | "failed" | "pending" | "unknown";

/** One message about a group of alerts to one receiver. */
export interface Notification {
  readonly id: string | number;
  readonly time: string;
  readonly receiver: string;
  readonly integration: string;
  readonly status: "firing" | "resolved";
  readonly group_labels: Labels;
  readonly alerts: readonly { readonly labels: Labels; readonly status: string }[];
  readonly outcome: Outcome;
  readonly error?: string | null;
  readonly attempts: number;
}

/** What the demo's sink has received in place of a real receiver. */
export interface DemoMessage {
  readonly id: string | number;
  readonly time: string;
  readonly kind: "mail" | "webhook";
  readonly from?: string | null;
  readonly to?: readonly string[] | null;
  readonly subject?: string | null;
  readonly text?: string | null;
  readonly html?: string | null;
  readonly body?: unknown;
}

/** null from a server that evaluates no rules. */
export function ruleGroups(signal?: AbortSignal): Promise<readonly RuleGroup[] | null> {
  type Answer = { data: { groups: readonly RuleGroup[] } };
  return nullWhereAbsent(async () => {
    return (await call<Answer>("api/v1/rules", { signal: signal ?? null })).data.groups;
  });
}

export async function activeAlerts(signal?: AbortSignal): Promise<readonly RawAlert[]> {
  const { data } = await call<{ data: { alerts: readonly RawAlert[] } }>("api/v1/alerts", { signal: signal ?? null });
  return data.alerts;
}

/** The latest messages, newest first; null from a server that tells nobody. */
export function notifications(limit: number, signal?: AbortSignal): Promise<readonly Notification[] | null> {
  const path = `api/alerting/v1/notifications?limit=${limit}`;
  type Answer = { notifications: readonly Notification[] };
  return nullWhereAbsent(async () => {
    return newestFirst((await call<Answer>(path, { signal: signal ?? null })).notifications);
  });
}

/** What the sink has received, newest first; null where there is none, which is everywhere but in the demo. */
export function demoMessages(signal?: AbortSignal): Promise<readonly DemoMessage[] | null> {
  type Answer = { messages: readonly DemoMessage[] };
  return nullWhereAbsent(async () => {
    return newestFirst((await call<Answer>("api/demo/v1/messages", { signal: signal ?? null })).messages);
  });
}

async function nullWhereAbsent<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 404) return null;
    throw failure;
  }
}

function newestFirst<T extends { readonly time: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}
