import { lazy, Suspense } from "react";
import type { PerformanceWindow } from "../../../api/performance";
import type { Extras } from "../../../charts/extras";
import { useWidth } from "../../../charts/useWidth";
import { formatCount } from "../../../format/numbers";
import { usePageTime } from "../../../time/TimeProvider";
import { factsOf, formatMeasure } from "./measures";
import { type MeasurePicture, pictureOf } from "./windows";

const TimeChart = lazy(() => import("../../../charts/TimeChart").then((module) => ({ default: module.TimeChart })));
const NONE_HIDDEN: ReadonlySet<string> = new Set();

interface MeasureChartProps {
  readonly windows: readonly PerformanceWindow[];
  readonly measure: string;
  readonly colour: string;
  readonly height: number;
  readonly mark?: Extras["mark"];
}

/** One measure over windows, with its interval as a band and the number of predictions as bars. */
export function MeasureChart({ windows, measure, colour, height, mark = null }: MeasureChartProps) {
  const { interval, zoomTo } = usePageTime();
  const [place, width] = useWidth<HTMLDivElement>();
  const picture = pictureOf(windows, measure, interval, colour, mark);
  return (
    <div ref={place} style={{ minHeight: height }}>
      {width > 0 && (
        <Suspense fallback={<div style={{ height }} />}>
          <TimeChart
            frame={picture.frame}
            extras={picture.extras}
            textAt={picture.textAt}
            unit={factsOf(measure).share ? "ratio" : "short"}
            width={width}
            height={height}
            hidden={NONE_HIDDEN}
            summary={inWords(picture, measure, windows)}
            onZoom={zoomTo}
          />
        </Suspense>
      )}
    </div>
  );
}

/** The chart for those who do not see it. */
function inWords({ frame }: MeasurePicture, measure: string, windows: readonly PerformanceWindow[]): string {
  const facts = factsOf(measure);
  const values = frame.series[0]?.values.filter((value) => value !== null) ?? [];
  const rows = formatCount(windows.reduce((sum, { labelled }) => sum + labelled, 0));
  if (values.length === 0) return `${facts.name} over time: no window has enough data. ${rows} predictions with truth`;
  const [first, last] = [values[0] ?? 0, values.at(-1) ?? 0].map((value) => formatMeasure(value, facts));
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => formatMeasure(value, facts));
  return `${facts.name} over time, ${values.length} of ${windows.length} windows: first ${first}, last ${last}, from ${low} to ${high}. ${rows} predictions with truth`;
}
