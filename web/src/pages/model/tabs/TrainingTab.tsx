import { trainingOf } from "../../../api/performance";
import { useTimed } from "../../../api/useTimed";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import { classColours } from "../performance/classColours";
import { ShareBars } from "../performance/ShareBars";
import { useWhole } from "../performance/usePerformance";
import { ViewBar } from "../performance/ViewBar";
import { useView } from "../performance/view";
import { countsOf } from "./SamplesTab";
import styles from "./TrainingTab.module.css";
import type { TabProps } from "./tab";

/** What the model was trained on, beside what it meets. */
export function TrainingTab({ model, facts }: TabProps) {
  const view = useView();
  const training = useTimed(["training", model], (_, signal) => trainingOf(model, signal));
  const whole = useWhole(model, view);
  const { truths, predictions } = countsOf(whole.data?.windows[0]);
  const trained = training.data?.classes ?? {};
  const classes = [...new Set([...Object.keys(trained), ...Object.keys(truths)])].sort(
    (a, b) => (trained[b] ?? 0) - (trained[a] ?? 0),
  );
  const unseen = classes.filter((name) => !trained[name] && (truths[name] ?? 0) > 0);
  return (
    <>
      <ViewBar versions={facts?.versions ?? []} controls={["time"]} />
      <Panel title="Training data by class" note="beside this time" flush answer={training}>
        {training.data === null && <Unknown model={model} />}
        {training.data && (
          <ShareBars
            model={model}
            classes={classes}
            colourOf={classColours(classes)}
            columns={[
              { title: "In training", counts: trained },
              { title: "Were true", counts: truths, filter: "truth" },
              { title: "Were predicted", counts: predictions, filter: "predicted" },
            ]}
          />
        )}
        {training.data && unseen.length > 0 && (
          <p className={styles["note"]}>Never seen in training: {unseen.join(", ")}.</p>
        )}
        {training.data?.source && <p className={styles["note"]}>Known from: {training.data.source}.</p>}
      </Panel>
    </>
  );
}

function Unknown({ model }: { model: string }) {
  return (
    <EmptyState title="Nothing is known of this model's training.">
      Say in the configuration how many cases of each class it was trained on:
      <pre className={styles["example"]}>{`models:
  - name: ${model}
    training: { classes: { cat: 1200, dog: 800 } }`}</pre>
    </EmptyState>
  );
}
