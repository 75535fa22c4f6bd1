import { formatMoment } from "../../../time/format";
import styles from "../ModelPage.module.css";
import { MeasurePanel } from "../performance/MeasurePanel";
import { headlines, keysIn, others } from "../performance/measures";
import performance from "../performance/performance.module.css";
import { useQuality } from "../performance/useQuality";
import { controlsFor, ViewBar } from "../performance/ViewBar";
import type { TabProps } from "./tab";

const HEIGHT = 190;

/** Every measure over time: the four in front, then whatever else the model's answers allow. */
export function MetricsTab({ model, facts }: TabProps) {
  const { task, windows, turn, view } = useQuality(model, facts);
  const given = keysIn(windows.data?.windows);
  const more = others(task, given);
  const mark = turn && { timeS: turn.atMs / 1_000, text: formatMoment(turn.atMs) };
  const panel = (measure: string, notes: boolean) => (
    <MeasurePanel key={measure} measure={measure} answer={windows} height={HEIGHT} mark={mark} notes={notes} />
  );
  return (
    <>
      <ViewBar versions={facts?.versions ?? []} controls={controlsFor(task)} classes={windows.data?.classes} />
      <p className="muted">
        Bands are 95 % intervals; bars count predictions, the darker part those with truth. Where a window has too few,
        there is no value.
        {view.average === "clara" && " Dashed values are repeated from the window before, as CLARA does."}
      </p>
      <div className={styles["charts"]}>
        {headlines(task, given).map((measure, index) => panel(measure, index === 0))}
      </div>
      {more.length > 0 && <h2 className={performance["more"]}>More measures</h2>}
      <div className={styles["charts"]}>{more.map((measure) => panel(measure, false))}</div>
    </>
  );
}
