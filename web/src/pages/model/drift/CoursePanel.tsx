import { lazy, Suspense } from "react";
import { type DriftPart, type DriftView, driftWindowsOf } from "../../../api/drift";
import { useStepped } from "../../../api/useTimed";
import type { TooltipText } from "../../../charts/ChartTooltip";
import type { Frame } from "../../../charts/frame";
import { useWidth } from "../../../charts/useWidth";
import { formatCount, formatValue } from "../../../format/numbers";
import { formatSpan } from "../../../time/format";
import { type Interval, parseDurationMs } from "../../../time/range";
import { usePageTime } from "../../../time/TimeProvider";
import { NoData } from "../../../ui/NoData";
import { Panel } from "../../../ui/Panel";
import { useSearchState } from "../../../url/search";
import { stepFor } from "../performance/view";

const TimeChart = lazy(() => import("../../../charts/TimeChart").then((module) => ({ default: module.TimeChart })));
const HEIGHT = 200;
const SHORTEST_STEP_MS = 60_000;
const NONE_HIDDEN: ReadonlySet<string> = new Set();
const MOST_LINES = 6;

/** How drift went, window by window: the share of inputs that drifted, and the features that moved furthest. */
export function CoursePanel({ model, view }: { model: string; view: DriftView }) {
  const search = useSearchState();
  const { interval } = usePageTime();
  const step = stepFor(search["step"], interval);
  const key = [model, view.version ?? "", view.segment ?? "", view.reference ?? "", step];
  const answer = useStepped(["drift windows", ...key], parseDurationMs(step) ?? SHORTEST_STEP_MS, (asked, signal) =>
    driftWindowsOf(model, asked, view, step, signal),
  );
  const windows = answer.data ?? [];
  const known = windows.filter(({ features }) => features !== undefined);
  return (
    <Panel title="Drift over time" note={`windows of ${step}`} answer={answer}>
      {answer.data && known.length === 0 && <NoData>No window has enough rows to be compared.</NoData>}
      {known.length > 0 && <CourseChart windows={windows} interval={interval} />}
    </Panel>
  );
}

function CourseChart({ windows, interval }: { windows: readonly DriftPart[]; interval: Interval }) {
  const { zoomTo } = usePageTime();
  const [place, width] = useWidth<HTMLDivElement>();
  const frame = frameOf(windows, interval);
  const last = windows.findLast(({ share }) => share !== undefined);
  return (
    <div ref={place} style={{ minHeight: HEIGHT }}>
      {width > 0 && (
        <Suspense fallback={<div style={{ height: HEIGHT }} />}>
          <TimeChart
            frame={frame}
            extras={{ range: { min: 0, max: 1 }, bars: [{ values: windows.map(({ n }) => n ?? 0), strength: 0.2 }] }}
            textAt={(index) => textOf(windows[index], frame)}
            unit="ratio"
            width={width}
            height={HEIGHT}
            hidden={NONE_HIDDEN}
            summary={`Drift in ${windows.length} windows; last ${formatValue(last?.share ?? 0, "ratio")} of the inputs`}
            onZoom={zoomTo}
          />
        </Suspense>
      )}
    </div>
  );
}

/** The share of drifted inputs, then how many rows of the features that moved furthest anywhere are elsewhere. */
export function frameOf(windows: readonly DriftPart[], interval: Interval): Frame {
  const furthest = new Map<string, number>();
  for (const { feature, moved = 0 } of windows.flatMap(({ features = [] }) => features)) {
    furthest.set(feature, Math.max(furthest.get(feature) ?? 0, moved));
  }
  const names = [...furthest].sort((one, other) => other[1] - one[1]).slice(0, MOST_LINES);
  const movedOf = (window: DriftPart, name: string) =>
    window.features?.find(({ feature }) => feature === name)?.moved ?? null;
  return {
    interval,
    stepS: windows[0]?.start !== undefined && windows[0].end ? (windows[0].end - windows[0].start) / 1_000 : 60,
    timesS: windows.map(({ start = 0, end = 0 }) => (start + end) / 2_000),
    series: [
      {
        name: "inputs drifted",
        labels: {},
        colour: "var(--error)",
        values: windows.map(({ share }) => share ?? null),
      },
      ...names.map(([name], index) => ({
        name,
        labels: {},
        colour: `var(--series-${index + 1})`,
        values: windows.map((window) => movedOf(window, name)),
      })),
    ],
  };
}

function textOf(window: DriftPart | undefined, frame: Frame): TooltipText {
  if (!window) return { title: "", lines: [] };
  const at = frame.timesS.indexOf(((window.start ?? 0) + (window.end ?? 0)) / 2_000);
  const title = formatSpan(window.start ?? 0, window.end ?? 0);
  if (window.reason) return { title, lines: [{ name: window.reason, value: "" }] };
  const lines = frame.series.flatMap(({ name, colour, values }) => {
    const value = values[at];
    return value === null || value === undefined ? [] : [{ name, value: formatValue(value, "ratio"), colour }];
  });
  return { title, lines: [...lines, { name: "rows", value: formatCount(window.n ?? 0) }] };
}
