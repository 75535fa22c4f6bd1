import { formatValue, type Unit } from "../format/numbers";
import styles from "./ChartTooltip.module.css";
import type { EventMark } from "./events";
import type { FrameSeries } from "./frame";

const MOST_LINES = 12;
const HIDE_ZEROS_ABOVE = 8;

/** What a chart says at its crosshair in its own words. */
export interface TooltipText {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly value: string; readonly colour?: string | undefined }[];
}

interface ChartTooltipProps {
  readonly series: readonly FrameSeries[];
  readonly index: number;
  readonly time: string;
  /** In place of the values of the series. */
  readonly text?: TooltipText | null | undefined;
  /** What happened at the crosshair. */
  readonly events?: readonly EventMark[];
  readonly unit: Unit;
  /** Of the crosshair, from the left edge of the plot. */
  readonly leftPx: number;
  readonly widthPx: number;
}

/** What every line says at the crosshair, greatest first; of many, those that are zero are left out. */
export function ChartTooltip({ series, index, time, text, events = [], unit, leftPx, widthPx }: ChartTooltipProps) {
  const lines = text?.lines ?? valuesOf(series, index, unit);
  const side = leftPx > widthPx * 0.5 ? { right: widthPx - leftPx - 40 } : { left: leftPx + 76 };
  return (
    <div className={styles["tooltip"]} style={{ ...side, maxWidth: Math.max(200, widthPx * 0.5) }} aria-hidden="true">
      <p className={styles["time"]}>{text?.title ?? time}</p>
      {events.map(({ timeMs, text: happened }) => (
        <p key={`${timeMs} ${happened}`} className={styles["event"]}>
          {happened}
        </p>
      ))}
      {lines.slice(0, MOST_LINES).map(({ name, value, colour }) => (
        <p key={name} className={styles["line"]}>
          {colour && <span className={styles["mark"]} style={{ background: colour }} />}
          <span className={styles["name"]}>{name}</span>
          <span className={styles["value"]}>{value}</span>
        </p>
      ))}
      {lines.length > MOST_LINES && <p className={styles["time"]}>+{lines.length - MOST_LINES} more</p>}
      {lines.length === 0 && <p className={styles["time"]}>no samples</p>}
    </div>
  );
}

function valuesOf(series: readonly FrameSeries[], index: number, unit: Unit): TooltipText["lines"] {
  return series
    .map(({ name, colour, values }) => ({ name, colour, value: values[index] ?? null }))
    .filter(({ value }) => value !== null && (value !== 0 || series.length <= HIDE_ZEROS_ABOVE))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
    .map(({ name, colour, value }) => ({ name, colour, value: formatValue(value, unit) }));
}
