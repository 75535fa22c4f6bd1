import { formatValue, type Unit } from "../format/numbers";
import { formatTime } from "../time/format";
import { extentOf, type Frame, type FrameSeries, lastValue } from "./frame";

const MOST_SPOKEN = 6;

/** A chart in words: `Latency, 3 series. p95: last 1.2 s, max 4.8 s at 14:03:00; …`. */
export function summaryOf(title: string, frame: Frame, unit: Unit): string {
  const { series, timesS, interval } = frame;
  if (series.length === 0) return `${title}: no data`;
  const parts = series.slice(0, MOST_SPOKEN).map((one) => {
    const extent = extentOf(one);
    if (!extent) return `${one.name}: no samples`;
    const at = formatTime((timesS[one.values.indexOf(extent.max)] ?? 0) * 1_000, interval.endMs);
    return `${one.name}: last ${formatValue(lastValue(one), unit)}, max ${formatValue(extent.max, unit)} at ${at}`;
  });
  const more = series.length > MOST_SPOKEN ? `; and ${series.length - MOST_SPOKEN} more` : "";
  return `${title}, ${series.length} series. ${parts.join("; ")}${more}`;
}

/** What is said when the crosshair moves. */
export function spokenValues(series: readonly FrameSeries[], index: number, time: string, unit: Unit): string {
  const values = series.slice(0, MOST_SPOKEN).map(({ name, values: column }) => {
    return `${name} ${formatValue(column[index] ?? null, unit)}`;
  });
  return `${time}: ${values.join(", ")}`;
}
