import { formatValue, type Unit } from "../format/numbers";
import { formatTime } from "../time/format";
import table from "../ui/Table.module.css";
import styles from "./FrameTable.module.css";
import type { Frame } from "./frame";

const MOST_ROWS = 500;
const MOST_COLUMNS = 30;

/** Every value of a frame, newest first. */
export function FrameTable({ frame, unit, title }: { frame: Frame; unit: Unit; title: string }) {
  const columns = frame.series.slice(0, MOST_COLUMNS);
  const rows = frame.timesS.map((timeS, index) => ({ timeS, index })).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard.
    <section className={styles["scroll"]} aria-label={`${title}, values`} tabIndex={0}>
      <table className={table["table"]}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {columns.map(({ name }) => (
              <th scope="col" key={name} data-number>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(({ timeS, index }) => (
            <tr key={timeS}>
              <td>{formatTime(timeS * 1_000, Date.now())}</td>
              {columns.map(({ name, values }) => (
                <td key={name} data-number>
                  {formatValue(values[index], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {frame.series.length > MOST_COLUMNS && (
        <p className="muted">
          {MOST_COLUMNS} of {frame.series.length} series
        </p>
      )}
    </section>
  );
}
