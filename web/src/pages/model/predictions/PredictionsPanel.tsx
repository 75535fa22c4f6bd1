import { Button } from "@mantine/core";
import type { Prediction } from "../../../api/models";
import { formatTime } from "../../../time/format";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import { MissingPrediction } from "./MissingPrediction";
import { PredictionDetails } from "./PredictionDetails";
import styles from "./PredictionsPanel.module.css";
import { PredictionTable } from "./PredictionTable";
import { useOpenPrediction } from "./useOpenPrediction";
import { usePredictions } from "./usePredictions";

/** The latest predictions; one opens beside the list, and the address says which. */
export function PredictionsPanel({ model }: { model: string }) {
  const list = usePredictions(model);
  const open = useOpenPrediction(model, list.predictions);
  const close = () => open.choose(null);
  const changed = (prediction: Prediction) => {
    open.show(prediction);
    list.replace(prediction);
    list.answer.retry();
  };

  return (
    <Panel
      title="Latest predictions"
      note={list.frozenAtMs !== null && `standing still at ${formatTime(list.frozenAtMs, Date.now())}`}
      actions={
        list.frozenAtMs !== null && (
          <Button variant="subtle" size="compact-xs" onClick={list.resume}>
            Back to the newest
          </Button>
        )
      }
      flush
      answer={list.answer}
    >
      {list.answer.data !== undefined && list.predictions.length === 0 && (
        <EmptyState title="No prediction in this time.">Choose a longer time, or wait for the next one.</EmptyState>
      )}
      {list.predictions.length > 0 && (
        <PredictionTable predictions={list.predictions} openId={open.id} onOpen={open.choose} />
      )}
      {list.hasOlder && (
        <div className={styles["older"]}>
          <Button
            variant="default"
            size="xs"
            loading={list.frozenAtMs !== null && list.answer.fetching}
            onClick={list.loadOlder}
          >
            Older
          </Button>
        </div>
      )}
      {open.prediction && (
        <PredictionDetails
          key={open.id}
          model={model}
          prediction={open.prediction}
          classes={classesOf([open.prediction, ...list.predictions])}
          onChange={changed}
          onClose={close}
        />
      )}
      {open.id !== null && open.error && (
        <MissingPrediction model={model} id={open.id} error={open.error} onRetry={open.retry} onClose={close} />
      )}
    </Panel>
  );
}

/** The classes that the listed predictions speak of: what a ground truth is likely to be. */
function classesOf(predictions: readonly Prediction[]): readonly string[] {
  const names = predictions.flatMap(({ prediction, probabilities, truth }) => [
    ...Object.keys(probabilities),
    ...[prediction, truth?.value].filter((value) => typeof value === "string"),
  ]);
  return [...new Set(names)].sort();
}
