import type { Drift, Numbers } from "../../../api/drift";
import { formatCount, formatValue, significant } from "../../../format/numbers";
import { Panel } from "../../../ui/Panel";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";

const SHOWN = 8;

/** Whether all inputs together have changed, even where no single one has. */
export function TogetherPanel({ drift, numbers }: { drift: Drift; numbers: Numbers }) {
  const { together, reconstruction } = drift;
  if (!together) {
    return (
      <Panel title="All inputs together">
        <p className="muted">
          {numbers === "sketch"
            ? "Profiles keep each feature alone: choose rows to compare them together."
            : "There are too few rows to compare all inputs together."}
        </p>
      </Panel>
    );
  }
  const names = Object.keys(together.importance).slice(0, SHOWN);
  const rows = `samples of ${formatCount(together.n_reference)} and ${formatCount(together.n_current)} rows`;
  return (
    <Panel title="All inputs together" note={rows} flush>
      <table className={table["table"]}>
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">Verdict</th>
            <th scope="col" data-number>
              Value
            </th>
            <th scope="col" data-number>
              drift from
            </th>
            <th scope="col">Inputs that tell</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td title="How well trees tell rows of the two windows apart: 0.5 not at all, 1 each">
              Domain classifier, AUC
            </td>
            <Verdict drifted={together.drifted} />
            <td data-number>{significant(together.auc)}</td>
            <td data-number>{significant(together.threshold)}</td>
            <td>{mostOf(together.importance, names)}</td>
          </tr>
          {reconstruction && (
            <tr>
              <td title="How much is lost when rows are told by the principal components of the reference">
                PCA reconstruction error
              </td>
              <Verdict drifted={reconstruction.drifted} />
              <td data-number title={`${significant(reconstruction.reference)} in the reference`}>
                {significant(reconstruction.score)}
              </td>
              <td data-number>{reconstruction.upper === undefined ? "–" : significant(reconstruction.upper)}</td>
              <td>{mostOf(reconstruction.shares, Object.keys(reconstruction.shares).slice(0, SHOWN))}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Panel>
  );
}

function Verdict({ drifted }: { drifted: boolean }) {
  return (
    <td>
      <StatusMark status={drifted ? "error" : "ok"}>
        <span>{drifted ? "drifted" : "stable"}</span>
      </StatusMark>
    </td>
  );
}

/** `age 60 %, income 30 %`: what has at least a twentieth. */
export function mostOf(shares: Readonly<Record<string, number>>, names: readonly string[]): string {
  const told = names.filter((name) => (shares[name] ?? 0) >= 0.05);
  return told.map((name) => `${name} ${formatValue(shares[name] ?? 0, "ratio")}`).join(", ") || "–";
}
