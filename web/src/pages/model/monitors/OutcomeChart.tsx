import { lazy, Suspense } from "react";
import type { Definition, Outcome } from "../../../api/monitors";
import type { TooltipText } from "../../../charts/ChartTooltip";
import type { Frame } from "../../../charts/frame";
import { useWidth } from "../../../charts/useWidth";
import { formatCount, formatValue } from "../../../format/numbers";
import { formatSpan } from "../../../time/format";
import { usePageTime } from "../../../time/TimeProvider";
import { NoData } from "../../../ui/NoData";
import { sentenceOf, stateOf } from "./words";

const TimeChart = lazy(() => import("../../../charts/TimeChart").then((module) => ({ default: module.TimeChart })));
const HEIGHT = 220;
const NONE_HIDDEN: ReadonlySet<string> = new Set();
const VALUE = "var(--series-1)";
const LIMIT = "var(--error)";

interface OutcomeChartProps {
  readonly outcomes: readonly Outcome[];
  readonly definition: Definition;
}

/** The values of a monitor's windows with their limits; bars count rows, the darker ones those of broken windows. */
export function OutcomeChart({ outcomes, definition }: OutcomeChartProps) {
  const { interval, zoomTo } = usePageTime();
  const [place, width] = useWidth<HTMLDivElement>();
  if (outcomes.length === 0) {
    return <NoData>Looked at when a window has ended; “Run now” looks at what has ended since.</NoData>;
  }
  const values = outcomes
    .flatMap(({ value, lower, upper }) => [value, lower, upper])
    .filter((one) => one !== undefined);
  const line = (name: string, colour: string, of: (outcome: Outcome) => number | undefined) => ({
    name,
    labels: {},
    colour,
    values: outcomes.map((outcome) => of(outcome) ?? null),
  });
  const first = outcomes[0] as Outcome;
  const frame: Frame = {
    interval,
    stepS: (first.end - first.start) / 1_000,
    timesS: outcomes.map(({ end }) => end / 1_000),
    series: [
      line("value", VALUE, ({ value }) => value),
      line("lower limit", LIMIT, ({ lower }) => lower),
      line("upper limit", LIMIT, ({ upper }) => upper),
    ],
  };
  const extras = {
    range: values.length > 0 ? { min: Math.min(...values), max: Math.max(...values) } : null,
    bars: [
      { values: outcomes.map(({ n }) => n), strength: 0.2 },
      { values: outcomes.map(({ n, state }) => (state === "broken" ? n : 0)), strength: 0.7 },
    ],
  };
  return (
    <div ref={place} style={{ minHeight: HEIGHT }}>
      {width > 0 && (
        <Suspense fallback={<div style={{ height: HEIGHT }} />}>
          <TimeChart
            frame={frame}
            extras={extras}
            textAt={(index) => textOf(outcomes[index])}
            unit="short"
            width={width}
            height={HEIGHT}
            hidden={NONE_HIDDEN}
            summary={inWords(outcomes, definition)}
            onZoom={zoomTo}
          />
        </Suspense>
      )}
    </div>
  );
}

function textOf(outcome: Outcome | undefined): TooltipText {
  if (!outcome) return { title: "", lines: [] };
  const { start, end, n, value, lower, upper, state, text } = outcome;
  const number = (name: string, one: number | undefined, colour: string) =>
    one === undefined ? [] : [{ name, value: formatValue(one, "short"), colour }];
  return {
    title: formatSpan(start, end),
    lines: [
      { name: stateOf(state).text, value: "" },
      ...number("value", value, VALUE),
      ...number("lower limit", lower, LIMIT),
      ...number("upper limit", upper, LIMIT),
      { name: "rows", value: formatCount(n) },
      ...(text ? [{ name: text, value: "" }] : []),
    ],
  };
}

function inWords(outcomes: readonly Outcome[], definition: Definition): string {
  const broken = outcomes.filter(({ state }) => state === "broken").length;
  const few = outcomes.filter(({ state }) => state === "not_enough").length;
  return `${sentenceOf(definition)}: ${outcomes.length} windows, ${broken} broken, ${few} without enough data`;
}
