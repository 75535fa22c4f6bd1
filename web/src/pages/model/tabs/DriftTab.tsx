import type { ReactNode } from "react";
import { ApiError } from "../../../api/client";
import { type Drift, type DriftView, dataQualityOf, driftOf } from "../../../api/drift";
import { type Timed, useStepped, useTimed } from "../../../api/useTimed";
import { formatCount, formatValue } from "../../../format/numbers";
import { usePageTime } from "../../../time/TimeProvider";
import { EmptyState } from "../../../ui/EmptyState";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import { usePatchSearch, useSearchState } from "../../../url/search";
import { CoursePanel } from "../drift/CoursePanel";
import { DriftTable } from "../drift/DriftTable";
import styles from "../drift/drift.module.css";
import { PairHistogram } from "../drift/PairHistogram";
import { QualityPanel } from "../drift/QualityPanel";
import { SegmentDriftPanel } from "../drift/SegmentDriftPanel";
import { TellingTable } from "../drift/TellingTable";
import { TogetherPanel } from "../drift/TogetherPanel";
import { detailsOf, numbersOf, restOf, scoreOf, verdictOf } from "../drift/words";
import performance from "../performance/performance.module.css";
import { Select, ViewBar } from "../performance/ViewBar";
import { useView } from "../performance/view";
import type { TabProps } from "./tab";

const REFERENCES = [
  ["", "its reference"],
  ["previous", "the time before"],
  ["same_weekday", "a week before"],
] as const;

/** What the model is given and answers, against what it was: which features moved, and what is wrong in the data. */
export function DriftTab({ model, facts }: TabProps) {
  const { version, segment } = useView();
  const search = useSearchState();
  const patch = usePatchSearch();
  const view: DriftView = { version, segment, reference: search["reference"] };
  const key = [model, version ?? "", segment ?? "", view.reference ?? ""];
  const { interval: shown } = usePageTime();
  const numbers = numbersOf(search["numbers"], shown, segment);
  const drift = useStepped(["drift", numbers, ...key], restOf(shown), (interval, signal) =>
    driftOf(model, interval, view, numbers, signal),
  );
  const quality = useTimed(["data quality", ...key], (interval, signal) =>
    dataQualityOf(model, interval, view, signal),
  );
  return (
    <>
      <div className={styles["bar"]}>
        <ViewBar versions={facts?.versions ?? []} controls={[]} />
        <label className={performance["select"]}>
          against
          <select
            value={view.reference ?? ""}
            onChange={({ currentTarget }) => patch({ reference: currentTarget.value || undefined })}
          >
            {REFERENCES.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Select
          label="from"
          title="Profiles answer at once, for whole hours, with a small error; rows exactly"
          value={numbers}
          options={[
            ["rows", "rows (exact)"],
            ["sketch", "profiles (sketch)"],
          ]}
          onChange={(value) => patch({ numbers: value }, { replace: true })}
        />
      </div>
      {isTooEarly(drift.error) && !drift.data ? (
        <TooEarly>{drift.error?.message}</TooEarly>
      ) : (
        <>
          <DriftPanel model={model} answer={drift} />
          {drift.data && <TogetherPanel drift={drift.data} numbers={numbers} />}
          <CoursePanel model={model} view={view} />
          <SegmentDriftPanel model={model} view={view} />
          <QualityPanel answer={quality} />
        </>
      )}
    </>
  );
}

/** A question that cannot be answered yet is no failure. */
function isTooEarly(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 422;
}

function TooEarly({ children }: { children: ReactNode }) {
  return (
    <Panel title="Drift">
      <EmptyState title="There is nothing to compare with yet.">
        {children}. Training data as CSV or Parquet, or from MLflow, is a reference, too:{" "}
        <code>PUT …/references/default</code>.
      </EmptyState>
    </Panel>
  );
}

function DriftPanel({ model, answer }: { model: string; answer: Timed<Drift> }) {
  const named = useSearchState()["feature"];
  const patch = usePatchSearch();
  const { data } = answer;
  const features = data?.features ?? [];
  const chosen = features.find(({ feature }) => feature === named) ?? features[0];
  return (
    <>
      {chosen && (
        <Panel title={chosen.feature} note={`${verdictOf(chosen).text}: ${scoreOf(chosen)}; ${detailsOf(chosen)}`}>
          <PairHistogram drift={chosen} />
          {chosen.telling && <TellingTable type={chosen.type} telling={chosen.telling} />}
        </Panel>
      )}
      <Panel title="Drift" note={data && summaryOf(data)} flush answer={answer}>
        {data && (
          <>
            <DriftTable
              model={model}
              features={features}
              chosen={chosen?.feature}
              onChoose={(feature) => patch({ feature }, { replace: true })}
            />
            <Notes notes={data.notes} />
          </>
        )}
      </Panel>
    </>
  );
}

/** `2 of 5 inputs by their methods (40 %); 840 rows now against 1,000 of reference "first"`. */
function summaryOf({ share, judged, reference, current }: Drift): string {
  const rows = `${formatCount(current.n)} rows now against ${formatCount(reference.n)} of ${reference.name}`;
  if (share === undefined) return rows;
  return `${Math.round(share * judged)} of ${judged} inputs drifted by their methods (${formatValue(share, "ratio")}); ${rows}`;
}
