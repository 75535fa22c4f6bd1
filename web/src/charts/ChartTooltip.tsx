import { formatValue, type Unit } from "../format/numbers";
import styles from "./ChartTooltip.module.css";
import type { FrameSeries } from "./frame";

const MOST_LINES = 12;
const HIDE_ZEROS_ABOVE = 8;

interface ChartTooltipProps {
  readonly series: readonly FrameSeries[];
  readonly index: number;
  readonly time: string;
  readonly unit: Unit;
  /** Of the crosshair, from the left edge of the plot. */
  readonly leftPx: number;
  readonly widthPx: number;
}

/** What every line says at the crosshair, greatest first; of many, those that are zero are left out. */
export function ChartTooltip({ series, index, time, unit, leftPx, widthPx }: ChartTooltipProps) {
  const lines = series
    .map((one) => ({ one, value: one.values[index] ?? null }))
    .filter(({ value }) => value !== null && (value !== 0 || series.length <= HIDE_ZEROS_ABOVE))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const side = leftPx > widthPx * 0.5 ? { right: widthPx - leftPx - 40 } : { left: leftPx + 76 };
  return (
    <div className={styles["tooltip"]} style={{ ...side, maxWidth: Math.max(200, widthPx * 0.5) }} aria-hidden="true">
      <p className={styles["time"]}>{time}</p>
      {lines.slice(0, MOST_LINES).map(({ one, value }) => (
        <p key={one.name} className={styles["line"]}>
          <span className={styles["mark"]} style={{ background: one.colour }} />
          <span className={styles["name"]}>{one.name}</span>
          <span className={styles["value"]}>{formatValue(value, unit)}</span>
        </p>
      ))}
      {lines.length > MOST_LINES && <p className={styles["time"]}>+{lines.length - MOST_LINES} more</p>}
      {lines.length === 0 && <p className={styles["time"]}>no samples</p>}
    </div>
  );
}
