import { isKnown, type SegmentRow } from "../../../api/performance";
import { formatCount, significant } from "../../../format/numbers";
import { LabelList } from "../../../ui/LabelList";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";
import { ModelLink } from "./ModelLink";
import { formatDifference, formatInterval, formatMeasure, type MeasureFacts, reasonOf } from "./measures";
import { selectorOf } from "./useSegments";

const SURE = 0.05;

interface SegmentTableProps {
  readonly model: string;
  readonly rows: readonly SegmentRow[];
  /** How many segments were looked at: of many, some differ by chance. */
  readonly looked: number;
  readonly facts: MeasureFacts;
}

/** Segments with a measure and how far it is from the whole. */
export function SegmentTable({ model, rows, looked, facts }: SegmentTableProps) {
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Segment</th>
          <th scope="col" data-number>
            With truth
          </th>
          <th scope="col" data-number>
            {facts.name}
          </th>
          <th scope="col">95 % interval</th>
          <th scope="col">Against the whole{facts.share && ", points"}</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={selectorOf(row.labels)}>
            <td>
              <ModelLink model={model} tab={undefined} search={{ segment: selectorOf(row.labels) }}>
                <LabelList labels={Object.entries(row.labels)} />
              </ModelLink>
            </td>
            <td data-number title={`of ${formatCount(row.n)} predictions`}>
              {formatCount(row.labelled)}
            </td>
            <td data-number>{isKnown(row.value) ? formatMeasure(row.value.value, facts) : ""}</td>
            <td className="muted">
              {isKnown(row.value) ? formatInterval(row.value, facts) || "none" : reasonOf(row.value)}
            </td>
            <td>
              <Against row={row} looked={looked} facts={facts} />
            </td>
            <td>
              <ModelLink
                model={model}
                tab="predictions"
                search={{ segment: selectorOf(row.labels), outcome: facts.share ? "wrong" : undefined }}
              >
                {facts.share ? "wrong ones" : "rows"}
              </ModelLink>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Worse only where that is more than chance among as many segments as were looked at. */
function Against({ row, looked, facts }: { row: SegmentRow; looked: number; facts: MeasureFacts }) {
  if (row.difference === undefined) return <span className="muted">–</span>;
  const text = formatDifference(row.difference, facts).replace(" points", "");
  const chance = row.p_value === undefined ? undefined : Math.min(1, row.p_value * looked);
  const title = chance === undefined ? "" : `chance alone: p = ${significant(chance)}, for ${looked} segments`;
  const bad = facts.good === "low" ? row.difference > 0 : row.difference < 0;
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
