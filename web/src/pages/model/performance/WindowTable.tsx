import { isKnown, type PerformanceWindow } from "../../../api/performance";
import { formatCount } from "../../../format/numbers";
import { formatSpan } from "../../../time/format";
import table from "../../../ui/Table.module.css";
import { factsOf, formatInterval, formatMeasure, reasonOf } from "./measures";
import styles from "./performance.module.css";

/** The windows of a chart as numbers, newest first. */
export function WindowTable({ windows, measure }: { windows: readonly PerformanceWindow[]; measure: string }) {
  const facts = factsOf(measure);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard.
    <section className={styles["scroll"]} aria-label={`${facts.name}, values`} tabIndex={0}>
      <table className={table["table"]}>
        <thead>
          <tr>
            <th scope="col">Window</th>
            <th scope="col" data-number>
              {facts.name}
            </th>
            <th scope="col">95 % interval</th>
            <th scope="col" data-number>
              Predictions
            </th>
            <th scope="col" data-number>
              With truth
            </th>
          </tr>
        </thead>
        <tbody>
          {[...windows].reverse().map((window) => {
            const measured = window.measures[measure];
            return (
              <tr key={window.start}>
                <td>{formatSpan(window.start, window.end)}</td>
                <td data-number>
                  {isKnown(measured) ? formatMeasure(measured.value, facts) : ""}
                  {window.carried && <span className="muted"> carried</span>}
                </td>
                <td className="muted">
                  {isKnown(measured) ? formatInterval(measured, facts) || "none" : reasonOf(measured)}
                </td>
                <td data-number>{formatCount(window.n)}</td>
                <td data-number>{formatCount(window.labelled)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
