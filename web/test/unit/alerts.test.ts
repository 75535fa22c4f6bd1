import { describe, expect, it } from "vitest";
import type { RawAlert, Rule, RuleGroup } from "../../src/api/alerts";
import { drawableOf, isSeriesOf } from "../../src/charts/threshold";
import {
  alertOf,
  alertsOf,
  matchesAlert,
  matchesRule,
  remainingMs,
  severityStatus,
} from "../../src/pages/alerts/alerts";

const NOW = Date.UTC(2026, 2, 1, 12);
const NO_FILTER = { state: "", severity: "", model: "", text: "" };

describe("alerts", () => {
  it("stand firing first, then by severity, then the oldest first", () => {
    const groups = [
      group(
        rule("Slow", 300, [raw("Slow", "pending", 10, { severity: "critical" })]),
        rule("Info", 0, [raw("Info", "firing", 900, { severity: "info" })]),
        rule("Bad", 0, [
          raw("Bad", "firing", 60, { severity: "critical", model: "young" }),
          raw("Bad", "firing", 120, { severity: "critical", model: "old" }),
          raw("Bad", "inactive", 0, { severity: "critical", model: "over" }),
        ]),
        rule("Warn", 0, [raw("Warn", "firing", 5, { severity: "warning" })]),
      ),
    ];
    expect(alertsOf(groups).map(({ name, model }) => `${name} ${model ?? ""}`.trim())).toEqual([
      "Bad old",
      "Bad young",
      "Warn",
      "Info",
      "Slow",
    ]);
  });

  it("keep one key while their value and state change", () => {
    const first = alertOf(raw("A", "pending", 1, { b: "1", a: 'x"y' }), null);
    const later = alertOf({ ...raw("A", "firing", 90, { a: 'x"y', b: "1" }), value: "7" }, null);
    expect(later?.key).toBe(first?.key);
    expect(alertOf(raw("A", "firing", 1, { a: "x", b: "1" }), null)?.key).not.toBe(first?.key);
  });

  it("are as bad as people say in their own words", () => {
    expect(["critical", "Page", "warning", "info", ""].map(severityStatus)).toEqual([
      "error",
      "error",
      "warn",
      "none",
      "none",
    ]);
  });

  it("are narrowed down by state, severity, model and any text in them", () => {
    const alert = one("HighErrorRate", "firing", { severity: "critical", model: "churn", zone: "eu-1" });
    expect(matchesAlert(alert, NO_FILTER)).toBe(true);
    expect(matchesAlert(alert, { ...NO_FILTER, text: " EU-1 " })).toBe(true);
    expect(matchesAlert(alert, { ...NO_FILTER, text: "us" })).toBe(false);
    expect(matchesAlert(alert, { ...NO_FILTER, state: "pending" })).toBe(false);
    expect(matchesAlert(alert, { ...NO_FILTER, severity: "warning" })).toBe(false);
    expect(matchesAlert(alert, { ...NO_FILTER, model: "churn", severity: "critical", state: "firing" })).toBe(true);
  });

  it("bring their rule along", () => {
    const watched = rule("Slow", 60, [raw("Slow", "pending", 1, { model: "price" })]);
    expect(matchesRule(watched, { ...NO_FILTER, model: "price" })).toBe(true);
    expect(matchesRule(watched, { ...NO_FILTER, state: "inactive" })).toBe(false);
    expect(matchesRule(rule("Other", 60, []), { ...NO_FILTER, state: "inactive" })).toBe(true);
    expect(matchesRule(rule("Other", 60, []), { ...NO_FILTER, text: "up ==" })).toBe(true);
  });
});

describe("the time until an alert fires", () => {
  it("is what is left of the rule's duration", () => {
    const pending = one("Slow", "pending", {}, 45, 60);
    expect(remainingMs(pending, NOW)).toBe(15_000);
    expect(remainingMs(pending, NOW + 20_000)).toBe(0);
  });

  it("is nothing to speak of for one that fires, or whose rule is not known", () => {
    expect(remainingMs(one("Slow", "firing", {}, 90, 60), NOW)).toBeNull();
    const known = one("Slow", "pending", {});
    expect(remainingMs({ ...known, rule: null }, NOW)).toBeNull();
    expect(remainingMs({ ...known, activeMs: null }, NOW)).toBeNull();
  });
});

describe("an expression as a picture", () => {
  const cases: readonly [expr: string, drawn: string, limit: number | null, side?: string][] = [
    ["a / b > 0.5", "a / b", 0.5, "above"],
    ["a >= bool 1", "a >= bool 1", null],
    ["free < 2e-1", "free", 0.2, "below"],
    ["0.5 < sum(rate(x[5m]))", "sum(rate(x[5m]))", 0.5, "above"],
    ['x{path=~"a>b"} <= -3', 'x{path=~"a>b"}', -3, "below"],
    ["sum(x > 5)", "sum(x > 5)", null],
    ["up == 0", "up == 0", null],
    ["a > 1 and b > 2", "a > 1 and b > 2", null],
    ["a > b", "a > b", null],
    ["band > 7", "band", 7, "above"],
    ["1 > 2", "1 > 2", null],
    ["# a > 1\nb > 2", "# a > 1\nb > 2", null],
  ];
  it.each(cases)("%s is drawn as %s with the limit %s", (expr, drawn, limit, side) => {
    expect(drawableOf(expr)).toEqual({ expr: drawn, threshold: limit === null ? null : { limit, side } });
  });

  it("shows the series whose labels the alert has", () => {
    const alert = { alertname: "A", severity: "page", model: "churn" };
    expect(isSeriesOf({ __name__: "x", model: "churn" }, alert)).toBe(true);
    expect(isSeriesOf({}, alert)).toBe(true);
    expect(isSeriesOf({ model: "price" }, alert)).toBe(false);
    expect(isSeriesOf({ model: "churn", zone: "eu" }, alert)).toBe(false);
  });
});

function one(name: string, state: "firing" | "pending", labels: Record<string, string>, ageS = 30, durationS = 60) {
  const alert = alertOf(raw(name, state, ageS, labels), rule(name, durationS, []));
  if (!alert) throw new Error("BUG: an active alert");
  return alert;
}

function raw(name: string, state: RawAlert["state"], ageS: number, labels: Record<string, string>): RawAlert {
  const activeAt = new Date(NOW - ageS * 1_000).toISOString();
  return { labels: { alertname: name, ...labels }, annotations: {}, state, activeAt, value: "1" };
}

function rule(name: string, duration: number, alerts: readonly RawAlert[]): Rule {
  const state = alerts.find((alert) => alert.state === "firing")?.state ?? alerts[0]?.state ?? "inactive";
  return { type: "alerting", name, query: "up == 0", health: "ok", duration, state, alerts };
}

function group(...rules: readonly Rule[]): RuleGroup {
  return { name: "g", file: "f", interval: 15, rules };
}
