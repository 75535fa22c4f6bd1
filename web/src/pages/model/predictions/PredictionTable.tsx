import type { Prediction } from "../../../api/models";
import { formatValue } from "../../../format/numbers";
import { formatFullTime, formatTime } from "../../../time/format";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";
import { FeatureLine } from "./FeatureLine";
import styles from "./PredictionTable.module.css";
import { agreement, inWords } from "./value";

interface PredictionTableProps {
  readonly predictions: readonly Prediction[];
  readonly openId: string | null;
  readonly onOpen: (prediction: Prediction) => void;
}

/** Predictions, one in a row. The whole row opens its details; for the keyboard the time is a button. */
export function PredictionTable({ predictions, openId, onOpen }: PredictionTableProps) {
  return (
    <table className={`${table["table"]} ${styles["predictions"]}`}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Prediction</th>
          <th scope="col" data-number>
            Confidence
          </th>
          <th scope="col" data-number>
            Latency
          </th>
          <th scope="col">Ground truth</th>
          <th scope="col">Version</th>
          <th scope="col">Features</th>
        </tr>
      </thead>
      <tbody>
        {predictions.map((prediction) => (
          <tr key={prediction.id} data-open={prediction.id === openId} onClick={() => onOpen(prediction)}>
            <td title={formatFullTime(prediction.timeMs)}>
              <button type="button" className={styles["open"]} aria-label={`Details of ${prediction.id}`}>
                {formatTime(prediction.timeMs, Date.now())}
              </button>
            </td>
            <td className={styles["answer"]}>{inWords(prediction.prediction)}</td>
            <td data-number>{formatValue(prediction.confidence, "ratio")}</td>
            <td data-number>{formatValue(seconds(prediction.latencyMs), "seconds")}</td>
            <td>
              <Truth prediction={prediction} />
            </td>
            <td className="mono muted">{prediction.version || "–"}</td>
            <td data-wide className={styles["features"]}>
              <FeatureLine features={prediction.features} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Truth({ prediction: { prediction, truth } }: { prediction: Prediction }) {
  if (!truth) return <span className="muted">not yet</span>;
  const text = inWords(truth.value);
  switch (agreement(prediction, truth)) {
    case "right":
      return <StatusMark status="ok">{text}</StatusMark>;
    case "wrong":
      return <StatusMark status="error">{text}</StatusMark>;
    case "open":
      return text;
  }
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}
