import { useState } from "react";
import { type ClassMeasures, isKnown, type Measured, type PerformanceWindow } from "../../../api/performance";
import { formatCount } from "../../../format/numbers";
import table from "../../../ui/Table.module.css";
import styles from "./ClassTable.module.css";
import { ModelLink } from "./ModelLink";
import { factsOf, formatInterval, formatMeasure, shortReason } from "./measures";

const COLUMNS = ["precision", "recall", "f1", "specificity"] as const;
type Column = (typeof COLUMNS)[number] | "support";

/** Each class against all others, the worst first by what one chooses. */
export function ClassTable({ model, window }: { model: string; window: PerformanceWindow }) {
  const [order, setOrder] = useState<Column>("f1");
  const classes = Object.entries(window.classes ?? {});
  const columns = COLUMNS.filter((column) => classes.some(([, row]) => row[column] !== undefined));
  const sorted = [...classes].sort(([, a], [, b]) => sortValue(a, order) - sortValue(b, order));
  return (
    <table className={`${table["table"]} ${styles["classes"]}`}>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <Head column="support" name="True cases" order={order} onOrder={setOrder} />
          {columns.map((column) => (
            <Head key={column} column={column} name={factsOf(column).name} order={order} onOrder={setOrder} />
          ))}
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(([name, row]) => (
          <tr key={name}>
            <td>
              {name}
              {row["positive"] !== undefined && " (positive)"}
            </td>
            <td data-number>{formatCount(row.support)}</td>
            {columns.map((column) => (
              <td key={column}>
                <Value measured={row[column] as Measured | undefined} />
              </td>
            ))}
            <td>
              <ModelLink model={model} tab="predictions" search={{ truth: name, outcome: "wrong" }}>
                missed
              </ModelLink>
              {" · "}
              <ModelLink model={model} tab="predictions" search={{ predicted: name, outcome: "wrong" }}>
                falsely found
              </ModelLink>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadProps {
  readonly column: Column;
  readonly name: string;
  readonly order: Column;
  readonly onOrder: (column: Column) => void;
}

function Head({ column, name, order, onOrder }: HeadProps) {
  const chosen = column === order;
  return (
    <th scope="col" data-number={column === "support" || undefined} aria-sort={chosen ? "ascending" : "none"}>
      <button type="button" className={styles["sort"]} onClick={() => onOrder(column)}>
        {name} {chosen && <span aria-hidden="true">↑</span>}
      </button>
    </th>
  );
}

/** The value as a bar, with its interval as a line across it and in words. */
function Value({ measured }: { measured: Measured | undefined }) {
  const facts = { share: true };
  if (!isKnown(measured)) return <span className="muted">{shortReason(measured)}</span>;
  const { value, low, high } = measured;
  return (
    <span className={styles["value"]}>
      <span className={styles["number"]}>{formatMeasure(value, facts)}</span>
      <span className={styles["interval"]}>{formatInterval(measured, facts)}</span>
      <span className={styles["track"]} aria-hidden="true">
        <span className={styles["bar"]} style={{ width: `${value * 100}%` }} />
        {low !== undefined && high !== undefined && (
          <span className={styles["whisker"]} style={{ left: `${low * 100}%`, right: `${(1 - high) * 100}%` }} />
        )}
      </span>
    </span>
  );
}

/** Classes without a value go to the end. */
function sortValue(row: ClassMeasures, order: Column): number {
  const measured = row[order];
  if (typeof measured === "number") return measured;
  return isKnown(measured) ? measured.value : Number.POSITIVE_INFINITY;
}
