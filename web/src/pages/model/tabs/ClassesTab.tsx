import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { formatCount, formatValue } from "../../../format/numbers";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import styles from "../ModelPage.module.css";
import { ClassTable } from "../performance/ClassTable";
import { ConfusionMatrix, confusionsOf, type Reading } from "../performance/ConfusionMatrix";
import taken from "../performance/ConfusionMatrix.module.css";
import { CurvePanels } from "../performance/CurvePanels";
import { ModelLink } from "../performance/ModelLink";
import { NoTruth } from "../performance/NoTruth";
import { useWhole } from "../performance/usePerformance";
import { ViewBar } from "../performance/ViewBar";
import { useView } from "../performance/view";
import type { TabProps } from "./tab";

const MOST_CONFUSIONS = 5;

/** How good the model is on each class, what it takes for what, and what another threshold would do. */
export function ClassesTab({ model, facts }: TabProps) {
  const view = useView();
  const [reading, setReading] = useState<Reading>("count");
  const whole = useWhole(model, view);
  const total = whole.data?.windows[0];
  const confusion = total?.confusion;
  const bar = <ViewBar versions={facts?.versions ?? []} controls={["time"]} />;
  if (whole.data && !total?.labelled) {
    return (
      <>
        {bar}
        <NoTruth model={model} window={total} facts={facts} narrowed={Boolean(view.version || view.segment)} />
      </>
    );
  }
  return (
    <>
      {bar}
      <Panel title="Metrics by class" note="each class against all others, worst first" flush answer={whole}>
        {total && <ClassTable model={model} window={total} />}
        <Notes notes={whole.data?.notes ?? []} />
      </Panel>
      <div className={styles["charts"]}>
        <Panel
          title="Confusion"
          note={total && `n ${formatCount(total.labelled)}`}
          actions={
            <SegmentedControl
              size="xs"
              aria-label="What cells say"
              value={reading}
              onChange={(value) => setReading(value as Reading)}
              data={[
                { value: "count", label: "Counts" },
                { value: "row", label: "% of true" },
                { value: "column", label: "% of predicted" },
              ]}
            />
          }
          shape="rows"
          answer={whole}
        >
          {confusion && <ConfusionMatrix model={model} confusion={confusion} reading={reading} />}
        </Panel>
        <Panel title="Most often taken for another" shape="rows" answer={whole}>
          {confusion && confusionsOf(confusion, MOST_CONFUSIONS).length === 0 && <p className="muted">None was.</p>}
          {confusion && (
            <ol className={taken["list"]}>
              {confusionsOf(confusion, MOST_CONFUSIONS).map(({ truth, predicted, count, share }) => (
                <li key={`${truth} ${predicted}`}>
                  <strong>{truth}</strong> taken for <strong>{predicted}</strong>:{" "}
                  <ModelLink model={model} tab="predictions" search={{ truth, predicted }}>
                    {formatCount(count)} predictions
                  </ModelLink>
                  , {formatValue(share, "ratio")} of all {truth}
                </li>
              ))}
            </ol>
          )}
        </Panel>
      </div>
      <CurvePanels model={model} classes={whole.data?.classes ?? []} positive={whole.data?.positive} />
    </>
  );
}
