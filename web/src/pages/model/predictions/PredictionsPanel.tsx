import { Button } from "@mantine/core";
import { useState } from "react";
import type { Prediction } from "../../../api/models";
import { formatTime } from "../../../time/format";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import { usePatchSearch, useSearchState } from "../../../url/search";
import { PredictionDetails } from "./PredictionDetails";
import styles from "./PredictionsPanel.module.css";
import { PredictionTable } from "./PredictionTable";
import { usePredictions } from "./usePredictions";

/** The latest predictions; one opens beside the list, and the address says which. */
export function PredictionsPanel({ model }: { model: string }) {
  const list = usePredictions(model);
  const patch = usePatchSearch();
  const openId = useSearchState()["prediction"];
  const [lastOpen, setLastOpen] = useState<Prediction | null>(null);
  const listed = list.predictions.find(({ id }) => id === openId);
  const open = listed ?? (lastOpen?.id === openId ? lastOpen : null);

  const choose = (prediction: Prediction | null) => {
    setLastOpen(prediction);
    patch({ prediction: prediction?.id }, { replace: true });
  };
  const changed = (prediction: Prediction) => {
    setLastOpen(prediction);
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
        <PredictionTable predictions={list.predictions} openId={open?.id ?? null} onOpen={choose} />
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
      {open && (
        <PredictionDetails
          key={open.id}
          model={model}
          prediction={open}
          classes={classesOf(list.predictions)}
          onChange={changed}
          onClose={() => choose(null)}
        />
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
