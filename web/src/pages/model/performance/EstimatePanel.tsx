import { lazy, Suspense, useState } from "react";
import { ApiError } from "../../../api/client";
import { type EstimateMethod, type Estimates, type EstimateWindow, estimatesOf } from "../../../api/estimates";
import { isKnown, type Measured } from "../../../api/performance";
import { useTimed } from "../../../api/useTimed";
import type { TooltipText } from "../../../charts/ChartTooltip";
import type { Extras } from "../../../charts/extras";
import type { Frame } from "../../../charts/frame";
import { useWidth } from "../../../charts/useWidth";
import { formatCount } from "../../../format/numbers";
import { formatSpan } from "../../../time/format";
import type { Interval } from "../../../time/range";
import { usePageTime } from "../../../time/TimeProvider";
import { EmptyState } from "../../../ui/EmptyState";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import { factsOf, formatInterval, formatMeasure, reasonOf } from "./measures";
import styles from "./performance.module.css";
import { useView } from "./view";

const TimeChart = lazy(() => import("../../../charts/TimeChart").then((module) => ({ default: module.TimeChart })));
const HEIGHT = 220;
const NONE_HIDDEN: ReadonlySet<string> = new Set();
const ESTIMATED = "var(--series-3)";
const REALISED = "var(--series-1)";

const METHODS: readonly (readonly [EstimateMethod, string])[] = [
  ["cbpe", "by probabilities (CBPE)"],
  ["pape", "by a past weighed by inputs (PAPE)"],
];

/** How well the model probably does before the truth arrives, beside what the truth then says. */
export function EstimatePanel({ model, step }: { model: string; step: string }) {
  const view = useView();
  const [method, setMethod] = useState<EstimateMethod | undefined>(undefined);
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  const key = ["estimates", model, step, view.version ?? "", view.segment ?? "", method ?? ""];
  const answer = useTimed(key, (interval, signal) => estimatesOf(model, interval, view, step, method, signal));
  const { data, error } = answer;
  if (error instanceof ApiError && (error.status === 422 || error.status === 404) && !data) {
    return (
      <Panel title="Estimated before the truth">
        <EmptyState title="There is no estimate.">{error.message}.</EmptyState>
      </Panel>
    );
  }
  const names = namesIn(data);
  const measure = names.find((name) => name === wanted) ?? names[0];
  return (
    <Panel
      title="Estimated before the truth"
      note={data && `learnt from ${formatCount(data.calibration.n)} cases with truth`}
      actions={
        <span className={styles["bar"]}>
          {data && data.method !== "dle" && (
            <label className={styles["select"]}>
              how
              <select
                value={data.method}
                onChange={({ currentTarget }) => setMethod(currentTarget.value as EstimateMethod)}
              >
                {METHODS.map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label className={styles["select"]}>
            measure
            <select value={measure ?? ""} onChange={({ currentTarget }) => setWanted(currentTarget.value)}>
              {names.map((name) => (
                <option key={name} value={name}>
                  {factsOf(name).name}
                </option>
              ))}
            </select>
          </label>
        </span>
      }
      answer={answer}
      shape="chart"
    >
      {data && measure && (
        <p className={styles["bar"]}>
          <Mark colour={ESTIMATED}>estimated</Mark>
          <Mark colour={REALISED}>realised</Mark>
        </p>
      )}
      {data && measure && <EstimateChart windows={data.windows} measure={measure} />}
      {data && !measure && <EmptyState title="There are too few cases in this time." />}
      <Notes notes={data?.notes ?? []} />
    </Panel>
  );
}

function Mark({ colour, children }: { colour: string; children: string }) {
  return (
    <span>
      <span style={{ color: colour }} aria-hidden="true">
        ━━
      </span>{" "}
      {children}
    </span>
  );
}

function namesIn(estimates: Estimates | undefined): readonly string[] {
  const names = new Set<string>();
  for (const { estimated } of estimates?.windows ?? []) {
    for (const [name, measured] of Object.entries(estimated)) if (isKnown(measured)) names.add(name);
  }
  return [...names];
}

function EstimateChart({ windows, measure }: { windows: readonly EstimateWindow[]; measure: string }) {
  const { interval, zoomTo } = usePageTime();
  const [place, width] = useWidth<HTMLDivElement>();
  const { frame, extras } = pictureOf(windows, measure, interval);
  return (
    <div ref={place} style={{ minHeight: HEIGHT }}>
      {width > 0 && (
        <Suspense fallback={<div style={{ height: HEIGHT }} />}>
          <TimeChart
            frame={frame}
            extras={extras}
            textAt={(index) => textOf(windows[index], measure)}
            unit={factsOf(measure).share ? "ratio" : "short"}
            width={width}
            height={HEIGHT}
            hidden={NONE_HIDDEN}
            summary={inWords(windows, measure)}
            onZoom={zoomTo}
          />
        </Suspense>
      )}
    </div>
  );
}

interface Picture {
  readonly frame: Frame;
  readonly extras: Extras;
}

/** The estimate with its band, what the truth said, and below how many cases there are, in front those with truth. */
function pictureOf(windows: readonly EstimateWindow[], measure: string, interval: Interval): Picture {
  const estimated = windows.map((window) => window.estimated[measure]);
  const realised = windows.map((window) => window.realised[measure]);
  const values = [...estimated, ...realised]
    .filter(isKnown)
    .flatMap(({ value, low = value, high = value }) => [value, low, high]);
  return {
    frame: {
      interval,
      stepS: windows[0] ? (windows[0].end - windows[0].start) / 1_000 : 60,
      timesS: windows.map(({ start, end }) => (start + end) / 2_000),
      series: [
        { name: "estimated", labels: {}, colour: ESTIMATED, values: estimated.map(knownValue) },
        { name: "realised", labels: {}, colour: REALISED, values: realised.map(knownValue) },
      ],
    },
    extras: {
      range: values.length > 0 ? { min: Math.min(...values), max: Math.max(...values) } : null,
      bands: [{ low: estimated.map((one) => endOf(one, "low")), high: estimated.map((one) => endOf(one, "high")) }],
      bars: [
        { values: windows.map(({ n }) => n), strength: 0.2 },
        { values: windows.map(({ labelled }) => labelled), strength: 0.5 },
      ],
    },
  };
}

function textOf(window: EstimateWindow | undefined, measure: string): TooltipText {
  if (!window) return { title: "", lines: [] };
  const facts = factsOf(measure);
  const estimated = window.estimated[measure];
  const realised = window.realised[measure];
  const error = window.errors[measure];
  const band = formatInterval(estimated, facts);
  const words = (one: Measured | undefined) => (isKnown(one) ? formatMeasure(one.value, facts) : reasonOf(one));
  return {
    title: formatSpan(window.start, window.end),
    lines: [
      { name: "estimated", value: words(estimated), colour: ESTIMATED },
      ...(band ? [{ name: "band", value: band }] : []),
      ...(realised ? [{ name: "realised", value: words(realised), colour: REALISED }] : []),
      ...(error === undefined ? [] : [{ name: "error of the estimate", value: formatMeasure(error, facts) }]),
      { name: "predictions", value: formatCount(window.n) },
      { name: "with truth", value: formatCount(window.labelled) },
    ],
  };
}

function inWords(windows: readonly EstimateWindow[], measure: string): string {
  const facts = factsOf(measure);
  const errors = windows.map((window) => window.errors[measure]).filter((error) => error !== undefined);
  const largest = Math.max(0, ...errors.map(Math.abs));
  const known = windows.filter((window) => isKnown(window.estimated[measure])).length;
  return `${facts.name} as estimated in ${known} of ${windows.length} windows; ${errors.length} have truths, from which the estimate is at most ${formatMeasure(largest, facts)} away`;
}

function knownValue(measured: Measured | undefined): number | null {
  return isKnown(measured) ? measured.value : null;
}

function endOf(measured: Measured | undefined, end: "low" | "high"): number | null {
  return isKnown(measured) ? (measured[end] ?? null) : null;
}
