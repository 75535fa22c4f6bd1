import { listModels, type Model } from "../../api/models";
import { useRange } from "../../api/useRange";
import { useTimed } from "../../api/useTimed";
import { lastValue } from "../../charts/frame";
import type { ChartQuery } from "../../charts/query";
import { formatCount, formatValue } from "../../format/numbers";
import { formatAgo } from "../../time/format";
import { rateWindow, stepSecondsFor } from "../../time/step";
import { usePageTime } from "../../time/TimeProvider";
import { Stat } from "../../ui/Stat";
import { errorStatus } from "../models/errorStatus";
import styles from "./ModelHeader.module.css";
import { callQuantile, confidence, errorRatio, requestRate } from "./queries";

/** The model at a glance: what it is, and its numbers at the end of the page's time. */
export function ModelHeader({ name }: { name: string }) {
  const { interval, nowMs } = usePageTime();
  const stepS = stepSecondsFor(interval, 180);
  const models = useTimed(["models"], (_, signal) => listModels(signal));
  const numbers = useRange(queriesFor(name, rateWindow(stepS)), stepS);
  const model = models.data?.find((candidate) => candidate.name === name);
  const now = (measure: string) => {
    const series = numbers.data?.frame.series.find((candidate) => candidate.name === measure);
    return series ? lastValue(series) : null;
  };
  if (models.data && !model) {
    return (
      <p className={styles["unknown"]} role="status">
        No prediction of a model called “{name}” is stored. Its traffic is shown below if there is any.
      </p>
    );
  }
  return (
    <dl className={styles["strip"]}>
      <Stat name="Requests" value={formatValue(now("requests"), "perSecond")} />
      <Stat name="Errors" value={formatValue(now("errors"), "ratio")} status={errorStatus(now("errors"))} />
      <Stat name="Latency p95" value={formatValue(now("p95"), "seconds")} />
      <Stat name="Confidence" value={formatValue(now("confidence"), "ratio")} />
      <Stat name="Predictions stored" value={model ? formatCount(model.predictions) : "–"} />
      <Stat name="With ground truth" value={model ? labelledShare(model) : "–"} />
      <Stat name="Last prediction" value={model?.lastPredictionMs ? formatAgo(nowMs - model.lastPredictionMs) : "–"} />
      <Stat name={versionsTitle(model)} value={model?.versions.at(-1) ?? "–"} words />
      <Stat name="Task" value={model?.task ?? "–"} words />
    </dl>
  );
}

function labelledShare({ labelled, predictions }: Model): string {
  return formatValue(predictions > 0 ? labelled / predictions : null, "ratio");
}

function versionsTitle(model: Model | undefined): string {
  const others = (model?.versions.length ?? 1) - 1;
  return others > 0 ? `Version, of ${others + 1}` : "Version";
}

function queriesFor(model: string, window: string): readonly ChartQuery[] {
  return [
    { name: "requests", expr: requestRate(model, window) },
    { name: "errors", expr: errorRatio(model, window) },
    { name: "p95", expr: callQuantile(model, "0.95", window) },
    ...confidence(model)(window).map(({ expr }) => ({ name: "confidence", expr: `avg(${expr})` })),
  ];
}
