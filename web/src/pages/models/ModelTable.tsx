import { Sparkline } from "../../charts/Sparkline";
import { formatCount, formatValue, type Unit } from "../../format/numbers";
import { formatAgo, formatFullTime } from "../../time/format";
import { usePageTime } from "../../time/TimeProvider";
import { PageLink } from "../../ui/PageLink";
import { StatusMark } from "../../ui/StatusMark";
import table from "../../ui/Table.module.css";
import { errorStatus } from "./errorStatus";
import styles from "./ModelTable.module.css";
import type { Course, ModelRow } from "./useModelRows";

/** Models, one in a row, with how they are doing now and how they did over the page's time. */
export function ModelTable({ rows }: { rows: readonly ModelRow[] }) {
  const { nowMs } = usePageTime();
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">Version</th>
          <th scope="col">Requests</th>
          <th scope="col">Errors</th>
          <th scope="col">Latency p95</th>
          <th scope="col" data-number>
            Predictions
          </th>
          <th scope="col" data-number>
            With truth
          </th>
          <th scope="col" data-number>
            Last prediction
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.model.name} row={row} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row: { model, requests, errors, p95 }, nowMs }: { row: ModelRow; nowMs: number }) {
  const share = model.predictions > 0 ? model.labelled / model.predictions : null;
  return (
    <tr>
      <td>
        <PageLink to="/models/$name" params={{ name: model.name }} className={styles["name"]}>
          {model.name}
        </PageLink>
        {model.task && <span className={styles["task"]}>{model.task}</span>}
      </td>
      <td className="mono">
        {model.versions.at(-1) ?? "–"}
        {model.versions.length > 1 && <span className="muted"> +{model.versions.length - 1}</span>}
      </td>
      <td>
        <Measure course={requests} unit="perSecond" colour="var(--series-1)" />
      </td>
      <td>
        <Measure course={errors} unit="ratio" colour="var(--error)" mark />
      </td>
      <td>
        <Measure course={p95} unit="seconds" colour="var(--series-3)" />
      </td>
      <td data-number>{formatCount(model.predictions)}</td>
      <td data-number title={`${formatCount(model.labelled)} of ${formatCount(model.predictions)}`}>
        {formatValue(share, "ratio")}
      </td>
      <td data-number title={model.lastPredictionMs === null ? undefined : formatFullTime(model.lastPredictionMs)}>
        {model.lastPredictionMs === null ? "never" : formatAgo(Math.max(0, nowMs - model.lastPredictionMs))}
      </td>
    </tr>
  );
}

interface MeasureProps {
  readonly course: Course;
  readonly unit: Unit;
  readonly colour: string;
  readonly mark?: boolean;
}

function Measure({ course, unit, colour, mark = false }: MeasureProps) {
  const text = formatValue(course.now, unit);
  const status = errorStatus(course.now);
  return (
    <span className={styles["measure"]}>
      <Sparkline values={course.values} colour={colour} />
      <span className={styles["value"]}>{mark && status ? <StatusMark status={status}>{text}</StatusMark> : text}</span>
    </span>
  );
}
