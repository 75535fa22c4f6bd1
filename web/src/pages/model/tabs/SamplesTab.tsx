import type { Performance, PerformanceWindow } from "../../../api/performance";
import { ChartBody } from "../../../charts/ChartBody";
import type { Frame } from "../../../charts/frame";
import { useWidth } from "../../../charts/useWidth";
import { formatCount } from "../../../format/numbers";
import type { Interval } from "../../../time/range";
import { usePageTime } from "../../../time/TimeProvider";
import { Panel } from "../../../ui/Panel";
import { useSearchState } from "../../../url/search";
import { classColours } from "../performance/classColours";
import { NoTruth } from "../performance/NoTruth";
import { ShareBars } from "../performance/ShareBars";
import { useWhole, useWindows } from "../performance/usePerformance";
import { ViewBar } from "../performance/ViewBar";
import { stepFor, useView } from "../performance/view";
import type { TabProps } from "./tab";

const HEIGHT = 220;
const MOST_LINES = 12;

/** The predictions with truth by class: what was true, what the model said, and how the mix went over time. */
export function SamplesTab({ model, facts }: TabProps) {
  const view = useView();
  const { interval } = usePageTime();
  const step = stepFor(useSearchState()["step"], interval);
  const whole = useWhole(model, view);
  const windows = useWindows(model, view, step);
  const total = whole.data?.windows[0];
  const { truths, predictions } = countsOf(total);
  const classes = Object.keys(truths).sort((a, b) => (truths[b] ?? 0) - (truths[a] ?? 0));
  const colourOf = classColours(classes);
  const bar = <ViewBar versions={facts?.versions ?? []} controls={["window", "time"]} />;
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
      <Panel
        title="Validated samples by class"
        note={total && `${formatCount(total.labelled)} of ${formatCount(total.n)} predictions have a truth`}
        flush
        answer={whole}
      >
        {total && (
          <ShareBars
            model={model}
            classes={classes}
            colourOf={colourOf}
            columns={[
              { title: "Were true", counts: truths, filter: "truth" },
              { title: "Were predicted", counts: predictions, filter: "predicted" },
            ]}
          />
        )}
      </Panel>
      <Panel title="True classes over time" note={`share in windows of ${step}`} shape="chart" answer={windows}>
        {windows.data && <MixChart performance={windows.data} classes={classes} interval={interval} />}
      </Panel>
    </>
  );
}

function MixChart({
  performance,
  classes,
  interval,
}: {
  performance: Performance;
  classes: readonly string[];
  interval: Interval;
}) {
  const [place, width] = useWidth<HTMLDivElement>();
  const frame = mixOf(performance.windows, classes.slice(0, MOST_LINES), interval);
  return (
    <div ref={place} style={{ minHeight: HEIGHT + 28 }}>
      {width > 0 && (
        <ChartBody
          title="True classes over time"
          frame={frame}
          unit="ratio"
          width={width}
          height={HEIGHT}
          asTable={false}
        />
      )}
      {classes.length > MOST_LINES && (
        <p className="muted">
          the {MOST_LINES} most frequent of {classes.length} classes
        </p>
      )}
    </div>
  );
}

/** The share of each class among the true ones; a window without truths is a gap. Exported for its test. */
export function mixOf(windows: readonly PerformanceWindow[], classes: readonly string[], interval: Interval): Frame {
  const colourOf = classColours(classes);
  const totals = windows.map(({ classes: rows = {} }) =>
    Object.values(rows).reduce((sum, { support }) => sum + support, 0),
  );
  return {
    interval,
    stepS: windows[0] ? (windows[0].end - windows[0].start) / 1_000 : 60,
    timesS: windows.map(({ start, end }) => (start + end) / 2_000),
    series: classes.map((name) => ({
      name,
      labels: {},
      colour: colourOf(name),
      values: windows.map(({ classes: rows = {}, carried }, index) => {
        const total = totals[index] ?? 0;
        return total === 0 || carried ? null : (rows[name]?.support ?? 0) / total;
      }),
    })),
  };
}

/** How often each class was true, and was predicted, among the rows with truth. */
export function countsOf(window: PerformanceWindow | undefined) {
  const { labels = [], counts = [] } = window?.confusion ?? {};
  const truths = Object.fromEntries(
    Object.entries(window?.classes ?? {}).map(([name, { support }]) => [name, support]),
  );
  const predictions = Object.fromEntries(
    labels.map((name, column) => [name, counts.reduce((sum, row) => sum + (row[column] ?? 0), 0)]),
  );
  for (const name of labels) truths[name] ??= 0;
  return { truths, predictions };
}
