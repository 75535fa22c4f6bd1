import type { DataQuality } from "../../../api/drift";
import type { Timed } from "../../../api/useTimed";
import { formatCount, significant } from "../../../format/numbers";
import { NoData } from "../../../ui/NoData";
import { Panel } from "../../../ui/Panel";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";
import { checkStatus } from "./words";

/** What is missing, new, out of range or otherwise wrong in the data; what is as it should be is counted. */
export function QualityPanel({ answer }: { answer: Timed<DataQuality> }) {
  const checks = answer.data?.checks ?? [];
  const wrong = checks.filter(({ state }) => state !== "ok");
  const fine = checks.length - wrong.length;
  return (
    <Panel
      title="Data quality"
      note={answer.data && `${formatCount(fine)} of ${formatCount(checks.length)} checks are fine`}
      flush
      answer={answer}
    >
      {answer.data && !answer.data.enough && (
        <NoData>{formatCount(answer.data.n)} rows are not enough to judge.</NoData>
      )}
      {answer.data?.enough && wrong.length === 0 && <NoData>Nothing is wrong with the data of this time.</NoData>}
      {wrong.length > 0 && (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Feature</th>
              <th scope="col">Check</th>
              <th scope="col">What was found</th>
              <th scope="col" data-number>
                Reference
              </th>
              <th scope="col" data-number>
                Now
              </th>
              <th scope="col" data-number>
                Limit
              </th>
            </tr>
          </thead>
          <tbody>
            {wrong.map((check) => (
              <tr key={`${check.feature} ${check.check}`}>
                <td>{check.feature || "all rows"}</td>
                <td>
                  <StatusMark status={checkStatus(check)}>
                    <span>{check.check}</span>
                  </StatusMark>
                </td>
                <td data-wide title={check.text}>
                  {check.text}
                </td>
                <td data-number>{number(check.reference)}</td>
                <td data-number>{number(check.value)}</td>
                <td data-number>{number(check.limit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function number(value: number | undefined): string {
  return value === undefined ? "–" : significant(value);
}
