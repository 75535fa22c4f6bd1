import { type ComparedMeasure, type Comparison, comparisonOf, isKnown, type Measured } from "../../../api/performance";
import { useTimed } from "../../../api/useTimed";
import { formatCount, significant } from "../../../format/numbers";
import { EmptyState } from "../../../ui/EmptyState";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";
import { usePatchSearch, useSearchState } from "../../../url/search";
import { differenceInWords } from "../performance/ChangeMark";
import {
  factsOf,
  formatInterval,
  formatMeasure,
  hasClasses,
  headlines,
  isBetter,
  type MeasureFacts,
  others,
  reasonOf,
} from "../performance/measures";
import styles from "../performance/performance.module.css";
import { Select, ViewBar } from "../performance/ViewBar";
import { AVERAGE_WORDS, keyOf, useView } from "../performance/view";
import type { TabProps } from "./tab";

const SURE = 0.05;

/** Two versions side by side over the same time, with whether they differ by more than chance. */
export function VersionsTab({ model, facts }: TabProps) {
  const patch = usePatchSearch();
  const search = useSearchState();
  const versions = facts?.versions ?? [];
  const a = search["against"] ?? versions.at(-2);
  const b = search["version"] ?? versions.at(-1);
  const view = { ...useView(), version: undefined };
  const answer = useTimed(
    ["comparison", model, a ?? "", b ?? "", ...keyOf(view)],
    (interval, signal) => comparisonOf(model, interval, view, a ?? "", b ?? "", signal),
    { enabled: a !== undefined && b !== undefined && a !== b },
  );
  const bar = <ViewBar versions={null} controls={hasClasses(facts?.task) ? ["average", "least"] : ["least"]} />;
  if (versions.length < 2) {
    const only = versions[0] ? `All predictions are of version ${versions[0]}.` : "No prediction names a version.";
    return (
      <Panel title="Versions">
        <EmptyState title="There are no two versions to compare.">{only}</EmptyState>
      </Panel>
    );
  }
  const options = versions.map((version) => [version, version] as const);
  return (
    <>
      {bar}
      <Panel
        title="Two versions"
        note="over the same time"
        actions={
          <div className={styles["bar"]}>
            <Select label="Version" value={a ?? ""} options={options} onChange={(next) => patch({ against: next })} />
            <Select label="and" value={b ?? ""} options={options} onChange={(next) => patch({ version: next })} />
          </div>
        }
        flush
        answer={answer}
      >
        {a === b && <EmptyState title="Choose two different versions." />}
        {a !== b && answer.data && (
          <ComparisonTable comparison={answer.data} a={a ?? ""} b={b ?? ""} task={facts?.task ?? undefined} />
        )}
        <Notes notes={answer.data?.notes ?? []} />
      </Panel>
    </>
  );
}

interface ComparisonTableProps {
  readonly comparison: Comparison;
  readonly a: string;
  readonly b: string;
  readonly task: string | undefined;
}

function ComparisonTable({ comparison: { measures }, a, b, task }: ComparisonTableProps) {
  const keys = Object.keys(measures);
  const ordered = [...headlines(task, keys).filter((key) => keys.includes(key)), ...others(task, keys)];
  if (ordered.length === 0) {
    return (
      <EmptyState title="Nothing to compare.">No prediction of these versions has a truth in this time.</EmptyState>
    );
  }
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">Version {a}</th>
          <th scope="col">Version {b}</th>
          <th scope="col">Difference, 95 % interval</th>
          <th scope="col">More than chance?</th>
          <th scope="col">Test</th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((key) => (
          <Row key={key} facts={factsOf(key)} compared={measures[key] as ComparedMeasure} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  facts,
  compared: { a, b, difference, low, high, p_value, test },
}: {
  facts: MeasureFacts;
  compared: ComparedMeasure;
}) {
  const { average } = useView();
  const movement =
    difference === undefined
      ? null
      : { value: difference, ...(low !== undefined && high !== undefined ? { low, high } : {}) };
  return (
    <tr>
      <td title={facts.meaning}>
        {facts.name}
        {facts.averaged && <span className="muted"> {AVERAGE_WORDS[average]}</span>}
      </td>
      <td>
        <Value measured={a} facts={facts} />
      </td>
      <td>
        <Value measured={b} facts={facts} />
      </td>
      <td>{movement ? differenceInWords(movement, facts) : <span className="muted">–</span>}</td>
      <td>
        <Sure a={a} b={b} pValue={p_value} facts={facts} />
      </td>
      <td className="muted">{test ?? "–"}</td>
    </tr>
  );
}

function Value({ measured, facts }: { measured: Measured; facts: MeasureFacts }) {
  if (!isKnown(measured)) return <span className="muted">{reasonOf(measured)}</span>;
  const interval = formatInterval(measured, facts);
  return (
    <>
      <strong>{formatMeasure(measured.value, facts)}</strong>{" "}
      <span className="muted">
        {interval && `${interval} · `}n {formatCount(measured.n)}
      </span>
    </>
  );
}

interface SureProps {
  readonly a: Measured;
  readonly b: Measured;
  readonly pValue: number | undefined;
  readonly facts: MeasureFacts;
}

function Sure({ a, b, pValue, facts }: SureProps) {
  if (!isKnown(a) || !isKnown(b) || pValue === undefined) return <span className="muted">not tested</span>;
  const p = `p = ${pValue < 0.001 ? "< 0.001" : significant(pValue)}`.replace("= <", "<");
  if (pValue >= SURE) return <StatusMark status="none">may be chance, {p}</StatusMark>;
  const better = isBetter(b.value, a.value, facts);
  return <StatusMark status={better ? "ok" : "error"}>{`${better ? "better" : "worse"}, ${p}`}</StatusMark>;
}
