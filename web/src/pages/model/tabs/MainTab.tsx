import { formatMoment } from "../../../time/format";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import { Skeleton } from "../../../ui/Skeleton";
import styles from "../ModelPage.module.css";
import { ClassChanges } from "../performance/ClassChanges";
import { FinishPanel } from "../performance/FinishPanel";
import { MeasureChart } from "../performance/MeasureChart";
import { colourOf, factsOf, hasClasses, headlines, keysIn } from "../performance/measures";
import { NoTruth } from "../performance/NoTruth";
import { ResidualPanel } from "../performance/ResidualPanel";
import { SegmentChanges } from "../performance/SegmentChanges";
import { Tiles } from "../performance/Tiles";
import { useWhole } from "../performance/usePerformance";
import { useQuality } from "../performance/useQuality";
import { VerdictPanel } from "../performance/VerdictPanel";
import { controlsFor, ViewBar } from "../performance/ViewBar";
import { TrafficTab } from "./TrafficTab";
import type { TabProps } from "./tab";

const HEIGHT = 220;

/** Whether the model has become worse: what fell, since when, for whom, and the way to the rows. */
export function MainTab({ model, facts }: TabProps) {
  const { view, measure, step, windows, turn, pair, ...quality } = useQuality(model, facts);
  const whole = useWhole(model, view);
  const task = whole.data?.task ?? quality.task;
  const four = headlines(task, keysIn(windows.data?.windows));
  const measured = task === "generation" ? whole.data?.windows[0]?.n : whole.data?.windows[0]?.labelled;
  // Asked with the same end, but not at the same moment: where both are the same, what is said above is said below.
  const total = (turn === null ? pair.data?.after.window : undefined) ?? whole.data?.windows[0];

  const bar = <ViewBar versions={facts?.versions ?? []} controls={controlsFor(task)} classes={windows.data?.classes} />;
  if (windows.error && !windows.data) {
    return (
      <>
        {bar}
        <Panel title="Quality" answer={windows}>
          {null}
        </Panel>
        <TrafficTab model={model} />
      </>
    );
  }
  if (whole.data && !measured) {
    return (
      <>
        {bar}
        <NoTruth model={model} window={total} facts={facts} narrowed={Boolean(view.version || view.segment)} />
        <TrafficTab model={model} />
      </>
    );
  }
  return (
    <>
      {bar}
      <VerdictPanel
        model={model}
        measure={measure}
        pair={pair}
        turn={turn}
        total={total}
        versions={(facts?.versions.length ?? 0) > 1}
      />
      <Tiles measures={four} chosen={measure} total={total} windows={windows.data?.windows} pair={pair.data} />
      <Panel title={`${factsOf(measure).name} over time`} note={chartNote(step)} answer={windows}>
        {!windows.data && <Skeleton shape="chart" height={HEIGHT} />}
        {windows.data && (
          <MeasureChart
            windows={windows.data.windows}
            measure={measure}
            colour={colourOf(measure)}
            height={HEIGHT}
            mark={turn && { timeS: turn.atMs / 1_000, text: `since ${formatMoment(turn.atMs)}` }}
          />
        )}
        <Notes notes={windows.data?.notes ?? []} />
      </Panel>
      {hasClasses(task) && <ClassChanges model={model} pair={pair} turn={turn} />}
      <div className={styles["charts"]}>
        {task === "regression" && <ResidualPanel whole={whole} />}
        {task === "generation" && <FinishPanel whole={whole} />}
        <SegmentChanges model={model} measure={measure} turn={turn} />
      </div>
    </>
  );
}

export function chartNote(step: string): string {
  return `windows of ${step}; the band is the 95 % interval, bars count predictions, darker those with truth`;
}
