import { isKnown, type SegmentRow } from "../../../api/performance";
import { formatCount, significant } from "../../../format/numbers";
import { LabelList } from "../../../ui/LabelList";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";
import type { Search } from "../../../url/search";
import { ModelLink } from "./ModelLink";
import {
  formatDifference,
  formatInterval,
  formatMeasure,
  hasWrongRows,
  isBetter,
  type MeasureFacts,
  reasonOf,
} from "./measures";
import { selectorOf } from "./useSegments";

const SURE = 0.05;

interface SegmentTableProps {
  readonly model: string;
  readonly rows: readonly SegmentRow[];
  /** How many splits were asked for; within one, the server has corrected for the number of segments. */
  readonly splits: number;
  readonly facts: MeasureFacts;
  /** What the address of the rows says about their time. */
  readonly time?: Search;
}

/** Segments with a measure and how far it is from the whole. */
export function SegmentTable({ model, rows, splits, facts, time = {} }: SegmentTableProps) {
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Segment</th>
          <th scope="col" data-number>
            With truth
          </th>
          <th scope="col">{facts.name}, 95 % interval</th>
          <th scope="col">Difference{facts.share && ", points"}</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={selectorOf(row.labels)}>
            <td>
              <ModelLink model={model} tab={undefined} search={{ segment: selectorOf(row.labels) }}>
                <LabelList labels={inWords(row.labels)} />
              </ModelLink>
            </td>
            <td data-number title={`of ${formatCount(row.n)} predictions`}>
              {formatCount(row.labelled)}
            </td>
            <td>
              {isKnown(row.value) && <strong>{formatMeasure(row.value.value, facts)} </strong>}
              <span className="muted">
                {isKnown(row.value) ? formatInterval(row.value, facts) : reasonOf(row.value)}
              </span>
            </td>
            <td>
              <Against row={row} splits={splits} facts={facts} />
            </td>
            <td>
              <ModelLink
                model={model}
                tab="predictions"
                search={{
                  ...time,
                  segment: selectorOf(row.labels),
                  outcome: hasWrongRows(facts) ? "wrong" : undefined,
                }}
              >
                {hasWrongRows(facts) ? "wrong" : "rows"}
              </ModelLink>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const RANGE = /^\[(-?[\d.eE+-]+|-Inf), ?(-?[\d.eE+-]+|Inf)([\])])$/;

/** Labels as they are read; a range of numbers as `10 – 18`, `below 10`, `from 18`. */
function inWords(labels: Readonly<Record<string, string>>): readonly (readonly [name: string, value: string])[] {
  return Object.entries(labels).map(([name, value]) => {
    const [, low, high, close] = RANGE.exec(value) ?? [];
    if (low === undefined || high === undefined) return [name, value];
    if (low === "-Inf") return [name, high === "Inf" ? "any number" : `below ${high}`];
    if (high === "Inf") return [name, `from ${low}`];
    return [name, close === "]" ? `${low} to ${high}` : `${low} to below ${high}`];
  });
}

/** Worse only where that is more than chance, however many segments were looked at. */
function Against({ row, splits, facts }: { row: SegmentRow; splits: number; facts: MeasureFacts }) {
  if (row.difference === undefined || !isKnown(row.value)) return <span className="muted">–</span>;
  const text = formatDifference(row.difference, facts).replace(" points", "");
  const chance = row.p_value === undefined ? undefined : Math.min(1, row.p_value * splits);
  const title =
    chance === undefined
      ? ""
      : `against all other rows: p = ${significant(chance)}, corrected for the number of segments`;
  const bad = !isBetter(row.value.value, row.value.value - row.difference, facts);
  const sure = chance !== undefined && chance < SURE;
  return (
    <span title={title}>
      <StatusMark status={!sure ? "none" : bad ? "error" : "ok"}>
        <span>
          {text} {sure ? bad ? "worse" : "better" : <span className="visually-hidden">may be chance</span>}
        </span>
      </StatusMark>
    </span>
  );
}
