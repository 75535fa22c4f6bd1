import { UnstyledButton } from "@mantine/core";
import styles from "./Examples.module.css";

const EXAMPLES: readonly (readonly [meaning: string, expr: string])[] = [
  ["Requests a second, by model", "sum by (model) (rate(http_requests_total[1m]))"],
  [
    "Share of calls that failed",
    'sum by (model) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (model) (rate(http_requests_total[5m]))',
  ],
  [
    "Latency, 95th percentile",
    "histogram_quantile(0.95, sum by (model, le) (rate(http_request_duration_seconds_bucket[5m])))",
  ],
  ["Predictions by class in the last hour", "sum by (model, prediction) (increase(model_predictions_total[1h]))"],
  ["Mean confidence", "avg by (model) (model_confidence_score)"],
  ["Targets that do not answer", "up == 0"],
];

/** Queries to begin with. */
export function Examples({ onChoose }: { onChoose: (expr: string) => void }) {
  return (
    <section className={styles["examples"]} aria-label="Examples">
      <h2>Begin with one of these</h2>
      <ul>
        {EXAMPLES.map(([meaning, expr]) => (
          <li key={expr}>
            <UnstyledButton onClick={() => onChoose(expr)}>
              <span>{meaning}</span>
              <code>{expr}</code>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
