import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { Prediction } from "../../../api/models";
import { formatCount } from "../../../format/numbers";
import { formatTime } from "../../../time/format";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import { useSearchState } from "../../../url/search";
import { FilterBar } from "./FilterBar";
import { FILTER_KEYS, filterIn, filterText } from "./filter";
import { MissingPrediction } from "./MissingPrediction";
import { PredictionDetails } from "./PredictionDetails";
import styles from "./PredictionsPanel.module.css";
import { PredictionTable } from "./PredictionTable";
import { useOpenPrediction } from "./useOpenPrediction";
import { usePredictions } from "./usePredictions";

interface PredictionsPanelProps {
  readonly model: string;
  readonly versions: readonly string[];
}

/** The latest predictions that are as the address asks; one opens beside the list, and the address says which. */
export function PredictionsPanel({ model, versions }: PredictionsPanelProps) {
  const search = useSearchState();
  const wanted = FILTER_KEYS.map((key) => search[key] ?? "").join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` is what of the address is read.
  const filter = useMemo(() => filterIn(search), [wanted]);
  const narrow = filterText(filter) !== null;
  const list = usePredictions(model, filter);
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
      note={noteOf(list, narrow)}
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
      <FilterBar classes={classesOf(list.predictions)} versions={versions} />
      {search["segment"] && !filter.segment && (
        <EmptyState title="This is no segment.">
          “{search["segment"]}”: write country="ES", or several with commas between.
        </EmptyState>
      )}
      {list.answer.data !== undefined && list.predictions.length === 0 && <Nothing narrow={narrow} list={list} />}
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
            {narrow ? "Look at older ones" : "Older"}
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

type List = ReturnType<typeof usePredictions>;

/** How the list came about: of how many predictions, and whether it stands still. */
function noteOf({ predictions, looked, oldestMs, hasOlder, frozenAtMs }: List, narrow: boolean): string {
  const still = frozenAtMs === null ? "" : `standing still at ${formatTime(frozenAtMs, Date.now())}`;
  if (!narrow) return still;
  const back = hasOlder && oldestMs !== null ? ` back to ${formatTime(oldestMs, Date.now())}` : "";
  return [`${formatCount(predictions.length)} of the ${formatCount(looked)} newest${back}`, still]
    .filter(Boolean)
    .join(", ");
}

function Nothing({ narrow, list }: { narrow: boolean; list: List }) {
  if (!narrow || list.looked === 0) {
    return <EmptyState title="No prediction in this time.">Choose a longer time, or wait for the next one.</EmptyState>;
  }
  const older = list.hasOlder ? "There are older ones that were not looked at." : "These are all of this time.";
  return (
    <EmptyState title={`None of the ${formatCount(list.looked)} newest predictions is like that.`}>{older}</EmptyState>
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
