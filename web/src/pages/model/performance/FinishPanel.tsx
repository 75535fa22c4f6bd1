import type { Performance } from "../../../api/performance";
import type { Timed } from "../../../api/useTimed";
import { formatCount, formatValue } from "../../../format/numbers";
import { NoData } from "../../../ui/NoData";
import { Panel } from "../../../ui/Panel";
import table from "../../../ui/Table.module.css";

/** Why generated texts ended, over the page's time. */
export function FinishPanel({ whole }: { whole: Timed<Performance> }) {
  const reasons = Object.entries(whole.data?.windows[0]?.finish_reasons ?? {}).sort(([, a], [, b]) => b - a);
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  return (
    <Panel
      title="Why answers ended"
      note={total > 0 ? formatCount(total) : undefined}
      shape="rows"
      flush
      answer={whole}
    >
      {whole.data && reasons.length === 0 && <NoData>No answer of this time says why it ended.</NoData>}
      {reasons.length > 0 && (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Reason</th>
              <th scope="col" data-number>
                Answers
              </th>
              <th scope="col" data-number>
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {reasons.map(([reason, count]) => (
              <tr key={reason}>
                <td>{reason}</td>
                <td data-number>{formatCount(count)}</td>
                <td data-number>{formatValue(count / total, "ratio")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
