import type { Prediction } from "../../../api/models";
import { formatValue } from "../../../format/numbers";
import { formatFullTime } from "../../../time/format";
import { CopyButton } from "../../../ui/CopyButton";
import { PageLink } from "../../../ui/PageLink";
import { Pairs, Part, SidePanel, SideTitle } from "../../../ui/SidePanel";
import { logsOfRequest } from "../../../url/logs";
import styles from "./PredictionDetails.module.css";
import { TruthForm } from "./TruthForm";
import { inWords } from "./value";

interface PredictionDetailsProps {
  readonly model: string;
  readonly prediction: Prediction;
  readonly classes: readonly string[];
  readonly onChange: (prediction: Prediction) => void;
  readonly onClose: () => void;
}

/** Everything that is known about one prediction, beside the page. */
export function PredictionDetails({ model, prediction, classes, onChange, onClose }: PredictionDetailsProps) {
  const probabilities = Object.entries(prediction.probabilities).sort((a, b) => b[1] - a[1]);
  const head = (
    <>
      <SideTitle subject={inWords(prediction.prediction)}>
        {prediction.confidence !== null && <span>{formatValue(prediction.confidence, "ratio")} sure</span>}
      </SideTitle>
      <CopyButton text={JSON.stringify(prediction, null, 2)} name="Copy as JSON" />
    </>
  );
  return (
    <SidePanel name="Prediction" head={head} onClose={onClose}>
      <Part title="Ground truth">
        <TruthForm model={model} prediction={prediction} classes={classes} onChange={onChange} />
      </Part>
      {probabilities.length > 0 && (
        <Part title="Probabilities">
          <ul className={styles["probabilities"]}>
            {probabilities.map(([name, probability]) => (
              <li key={name}>
                <span>{name}</span>
                <span className={styles["track"]} aria-hidden="true">
                  <span style={{ width: `${probability * 100}%` }} />
                </span>
                <span className="number">{formatValue(probability, "ratio")}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Features">
        <Pairs pairs={Object.entries(prediction.features).map(([name, value]) => [name, inWords(value)])} />
      </Part>
      <Part title="Call">
        <p className={styles["logs"]}>
          <PageLink to="/logs" search={logsOfRequest(model, requestIdsOf(prediction), prediction.timeMs)}>
            Its log lines
          </PageLink>
        </p>
        <Pairs
          pairs={[
            ["time", formatFullTime(prediction.timeMs)],
            ["id", prediction.id],
            ["version", prediction.version || "unknown"],
            ["latency", formatValue(prediction.latencyMs === null ? null : prediction.latencyMs / 1_000, "seconds")],
            ...Object.entries(prediction.tags),
          ]}
        />
      </Part>
    </SidePanel>
  );
}

/**
 * What the call may be named that a prediction came with. A call with several rows names each by its place
 * behind its own name: so an id that ends like that may be either.
 */
export function requestIdsOf({ id, tags }: Pick<Prediction, "id" | "tags">): readonly string[] {
  const named = tags["request_id"];
  if (named !== undefined) return [named];
  const call = id.replace(/-\d+$/, "");
  return call === id ? [id] : [call, id];
}
