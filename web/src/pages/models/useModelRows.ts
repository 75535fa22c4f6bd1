import { listModels, type Model } from "../../api/models";
import { SCORING } from "../../api/scoring";
import { useRange } from "../../api/useRange";
import { type Timed, useTimed } from "../../api/useTimed";
import { type FrameSeries, lastValue } from "../../charts/frame";
import type { ChartQuery } from "../../charts/query";
import { rateWindow, stepSecondsFor } from "../../time/step";
import { usePageTime } from "../../time/TimeProvider";

const SPARK_WIDTH_PX = 180;

/** One measure of a model: its course over the page's time and its value at the end. */
export interface Course {
  readonly values: readonly (number | null)[];
  readonly now: number | null;
}

export interface ModelRow {
  readonly model: Model;
  readonly requests: Course;
  readonly errors: Course;
  readonly p95: Course;
}

const NOTHING: Course = { values: [], now: null };

/** Every model with what its traffic looks like. */
export function useModelRows() {
  const { interval } = usePageTime();
  const stepS = stepSecondsFor(interval, SPARK_WIDTH_PX);
  const models = useTimed(["models"], (_, signal) => listModels(signal));
  const traffic = useRange(queriesFor(rateWindow(stepS)), stepS);

  const courses = new Map<string, Course>();
  for (const series of traffic.data?.frame.series ?? []) {
    courses.set(`${series.name} ${series.labels["model"] ?? ""}`, courseOf(series));
  }
  const rows = models.data?.map((model): ModelRow => {
    const course = (measure: string) => courses.get(`${measure} ${model.name}`) ?? NOTHING;
    return { model, requests: course("requests"), errors: course("errors"), p95: course("p95") };
  });
  const answer: Timed<unknown> = {
    ...models,
    error: models.error ?? traffic.error,
    fetching: models.fetching || traffic.fetching,
    retry: () => {
      models.retry();
      traffic.retry();
    },
    cancel: () => {
      models.cancel();
      traffic.cancel();
    },
  };
  return { rows, answer };
}

function queriesFor(window: string): readonly ChartQuery[] {
  const requests = `sum by (model) (rate(http_requests_total{${SCORING}}[${window}]))`;
  const failures = `sum by (model) (rate(http_requests_total{${SCORING},status=~"5.."}[${window}]))`;
  const buckets = `sum by (model, le) (rate(http_request_duration_seconds_bucket{${SCORING}}[${window}]))`;
  return [
    { name: "requests", expr: requests },
    { name: "errors", expr: `(${failures} or 0 * ${requests}) / (${requests} > 0)` },
    { name: "p95", expr: `histogram_quantile(0.95, ${buckets})` },
  ];
}

function courseOf(series: FrameSeries): Course {
  return { values: series.values, now: lastValue(series) };
}
