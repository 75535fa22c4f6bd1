import type { Labels } from "../../api/prometheus";
import { quoted, scoringOf } from "../../api/scoring";
import type { ChartQuery } from "../../charts/query";

type Queries = (window: string) => readonly ChartQuery[];

const QUANTILES = [
  ["p50", "0.5", "var(--series-3)"],
  ["p95", "0.95", "var(--series-1)"],
  ["p99", "0.99", "var(--series-4)"],
] as const;

export function traffic(model: string): Queries {
  return (window) => [
    {
      expr: `sum by (status) (rate(http_requests_total{${scoringOf(model)}}[${window}]))`,
      name: ({ status }) => status ?? "all",
      colour: statusColour,
    },
  ];
}

export function errors(model: string): Queries {
  return (window) => [{ expr: errorRatio(model, window), name: "errors", colour: "var(--error)" }];
}

export function requestRate(model: string, window: string): string {
  return `sum(rate(http_requests_total{${scoringOf(model)}}[${window}]))`;
}

/** Zero where there are calls and none failed; absent where there are no calls. */
export function errorRatio(model: string, window: string): string {
  const all = requestRate(model, window);
  const failed = `sum(rate(http_requests_total{${scoringOf(model)},status=~"5.."}[${window}]))`;
  return `(${failed} or 0 * ${all}) / (${all} > 0)`;
}

export function callLatency(model: string): Queries {
  return quantiles((share, window) => callQuantile(model, share, window));
}

export function modelLatency(model: string): Queries {
  return quantiles((share, window) => {
    return quantile(`model_inference_duration_seconds_bucket{model=${quoted(model)}}`, share, window);
  });
}

export function confidence(model: string): Queries {
  return () => [
    {
      expr: `avg by (version) (model_confidence_score{model=${quoted(model)}})`,
      name: ({ version }) => (version ? `version ${version}` : "all versions"),
    },
  ];
}

/** How far each feature has moved from the reference, as a share of rows. */
export function effects(model: string): readonly ChartQuery[] {
  return [
    {
      expr: `max by (feature) (model_drift_effect{model=${quoted(model)},segment=""})`,
      name: ({ feature }) => feature ?? "",
    },
  ];
}

export function callQuantile(model: string, share: string, window: string): string {
  return quantile(`http_request_duration_seconds_bucket{${scoringOf(model)}}`, share, window);
}

/** Absent where nothing was observed. */
function quantile(selector: string, share: string, window: string): string {
  return `histogram_quantile(${share}, sum by (le) (rate(${selector}[${window}])))`;
}

function quantiles(exprFor: (share: string, window: string) => string): Queries {
  return (window) => QUANTILES.map(([name, share, colour]) => ({ name, colour, expr: exprFor(share, window) }));
}

/** A status has a meaning, so its class has one colour everywhere. */
function statusColour({ status = "" }: Labels): string | undefined {
  if (status.startsWith("2")) return "var(--series-1)";
  if (status.startsWith("5")) return "var(--error)";
  return status.startsWith("4") ? "var(--warn)" : undefined;
}
