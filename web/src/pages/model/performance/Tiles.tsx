import { isKnown, type Measured, type PerformanceWindow } from "../../../api/performance";
import { Sparkline } from "../../../charts/Sparkline";
import { formatCount } from "../../../format/numbers";
import { usePatchSearch } from "../../../url/search";
import { ChangeMark } from "./ChangeMark";
import { differenceOf } from "./difference";
import { colourOf, factsOf, formatInterval, formatMeasure, type MeasureFacts, reasonOf, shortReason } from "./measures";
import styles from "./Tiles.module.css";
import type { Pair } from "./usePerformance";
import { AVERAGE_WORDS, useView } from "./view";

interface TilesProps {
  readonly measures: readonly string[];
  readonly chosen: string;
  readonly total: PerformanceWindow | undefined;
  readonly windows: readonly PerformanceWindow[] | undefined;
  readonly pair: Pair | undefined;
}

/** The measures in front, over the whole time; a click chooses the one that is drawn below and looked into. */
export function Tiles({ measures, chosen, total, windows, pair }: TilesProps) {
  const patch = usePatchSearch();
  const [first] = measures;
  const shown = measures.includes(chosen) ? measures : [...measures, chosen];
  return (
    <fieldset className={styles["tiles"]} aria-label="Measures">
      {shown.map((measure) => (
        <button
          key={measure}
          type="button"
          className={styles["tile"]}
          aria-pressed={measure === chosen}
          onClick={() => patch({ measure: measure === first ? undefined : measure }, { replace: true })}
        >
          <Tile
            facts={factsOf(measure)}
            total={total}
            course={windows?.map((window) => courseOf(window, measure)) ?? []}
            pair={pair}
          />
        </button>
      ))}
    </fieldset>
  );
}

interface TileProps {
  readonly facts: MeasureFacts;
  readonly total: PerformanceWindow | undefined;
  readonly course: readonly (number | null)[];
  readonly pair: Pair | undefined;
}

function Tile({ facts, total, course, pair }: TileProps) {
  const measured = total?.measures[facts.key];
  const { average } = useView();
  const before = pair?.before.window?.measures[facts.key];
  const after = pair?.after.window?.measures[facts.key];
  return (
    <>
      <span className={styles["name"]} title={facts.meaning}>
        {facts.name}
        {facts.averaged && <span className="muted"> {AVERAGE_WORDS[average]}</span>}
      </span>
      <span className={styles["line"]}>
        <span className={styles["value"]} title={total && reasonOf(measured)} data-words={!isKnown(measured)}>
          {valueText(total, measured, facts)}
        </span>
        <Sparkline values={stretched(course, facts)} colour={colourOf(facts.key)} max={1} />
      </span>
      <span className={styles["interval"]}>
        {isKnown(measured) && `${formatInterval(measured, facts) || "no interval"} · n ${formatCount(measured.n)}`}
      </span>
      {pair ? <ChangeMark difference={differenceOf(before, after)} facts={facts} /> : <span className="muted">…</span>}
    </>
  );
}

/** The value, or in a word why there is none; while nothing has been answered, neither. */
function valueText(total: PerformanceWindow | undefined, measured: Measured | undefined, facts: MeasureFacts): string {
  if (!total) return "…";
  return isKnown(measured) ? formatMeasure(measured.value, facts) : shortReason(measured);
}

function courseOf(window: PerformanceWindow, measure: string): number | null {
  const measured = window.measures[measure];
  return isKnown(measured) && !window.carried ? measured.value : null;
}

/** The course between its own ends: a sparkline of shares near one would else be a straight line. */
function stretched(course: readonly (number | null)[], { share }: MeasureFacts): readonly (number | null)[] {
  const values = course.filter((value) => value !== null);
  const high = Math.max(...values);
  const low = Math.min(...values);
  const span = Math.max(high - low, share ? 0.05 : Math.abs(high) * 0.05, 1e-9);
  return course.map((value) => (value === null ? null : 1 - (high - value) / span));
}
