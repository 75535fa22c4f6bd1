import type { AlertState, RawAlert, Rule, RuleGroup } from "../../api/alerts";
import type { Labels } from "../../api/prometheus";
import { parseValue } from "../../charts/frame";
import type { Status } from "../../ui/StatusMark";

/** One thing that a rule has found, together with the rule. */
export interface Alert {
  /** The same from answer to answer, for the address. */
  readonly key: string;
  readonly name: string;
  readonly state: Exclude<AlertState, "inactive">;
  readonly severity: string;
  readonly model: string | null;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** null where the server does not say. */
  readonly activeMs: number | null;
  readonly value: number;
  readonly rule: Rule | null;
}

/** What the page is narrowed down to; an empty text narrows nothing. */
export interface AlertFilter {
  readonly state: string;
  readonly severity: string;
  readonly model: string;
  readonly text: string;
}

const STATE_ORDER: Readonly<Record<Alert["state"], number>> = { firing: 0, pending: 1 };
const SEVERITIES: Readonly<Record<string, Status>> = {
  critical: "error",
  page: "error",
  error: "error",
  high: "error",
  warning: "warn",
  warn: "warn",
  medium: "warn",
};
const RANK: readonly Status[] = ["error", "warn", "ok", "none"];

/** Every alert of every rule: firing ones first, then the worse, then the longer active. */
export function alertsOf(groups: readonly RuleGroup[]): readonly Alert[] {
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => (rule.alerts ?? []).map((alert) => alertOf(alert, rule)))
    .filter((alert) => alert !== null)
    .sort(worstFirst);
}

/** @param rule null where only the alert is known; null is answered for one that is inactive. */
export function alertOf(raw: RawAlert, rule: Rule | null): Alert | null {
  if (raw.state === "inactive") return null;
  const activeMs = Date.parse(raw.activeAt ?? "");
  return {
    key: keyOf(raw.labels),
    name: raw.labels["alertname"] ?? rule?.name ?? "an alert",
    state: raw.state,
    severity: raw.labels["severity"] ?? "",
    model: raw.labels["model"] || null,
    labels: raw.labels,
    annotations: raw.annotations ?? {},
    activeMs: Number.isNaN(activeMs) ? null : activeMs,
    value: parseValue(raw.value),
    rule,
  };
}

export function worstFirst(a: Alert, b: Alert): number {
  return (
    STATE_ORDER[a.state] - STATE_ORDER[b.state] ||
    RANK.indexOf(severityStatus(a.severity)) - RANK.indexOf(severityStatus(b.severity)) ||
    (a.activeMs ?? 0) - (b.activeMs ?? 0) ||
    a.key.localeCompare(b.key)
  );
}

/** How bad it is, by the words that people use in the label `severity`. */
export function severityStatus(severity: string): Status {
  return SEVERITIES[severity.toLowerCase()] ?? "none";
}

/** How long a pending alert has to hold on before it fires, milliseconds; null for one that needs no waiting. */
export function remainingMs({ state, activeMs, rule }: Alert, nowMs: number): number | null {
  if (state !== "pending" || activeMs === null || rule?.duration === undefined) return null;
  return Math.max(0, activeMs + rule.duration * 1_000 - nowMs);
}

export function matchesAlert(alert: Alert, { state, severity, model, text }: AlertFilter): boolean {
  if (state && alert.state !== state) return false;
  if (severity && alert.severity !== severity) return false;
  if (model && alert.model !== model) return false;
  return containsText(text, [alert.name, ...Object.values(alert.labels), ...Object.values(alert.annotations)]);
}

/** A rule is shown for what it is itself, or for an alert of it. */
export function matchesRule(rule: Rule, filter: AlertFilter): boolean {
  const { state, severity, model, text } = filter;
  if ((rule.alerts ?? []).some((raw) => isMatch(alertOf(raw, rule), filter))) return true;
  if (state && rule.state !== state) return false;
  if (severity && rule.labels?.["severity"] !== severity) return false;
  if (model && rule.labels?.["model"] !== model) return false;
  return containsText(text, [rule.name, rule.query, ...Object.values(rule.labels ?? {})]);
}

function isMatch(alert: Alert | null, filter: AlertFilter): boolean {
  return alert !== null && matchesAlert(alert, filter);
}

function containsText(text: string, among: readonly string[]): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === "" || among.some((candidate) => candidate.toLowerCase().includes(wanted));
}

function keyOf(labels: Labels): string {
  return Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`)
    .join(",");
}

/** The labels that tell two alerts of one rule apart: all but the name, the severity and the model, which have their own place. */
export function ownLabels(labels: Labels): readonly (readonly [name: string, value: string])[] {
  return Object.entries(labels).filter(([name]) => !["alertname", "severity", "model"].includes(name));
}
