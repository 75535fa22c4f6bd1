import { useState } from "react";
import { type Changes, changesOf } from "../../../api/drift";
import { type Timed, useStepped } from "../../../api/useTimed";
import { formatCount, significant } from "../../../format/numbers";
import { formatSpan } from "../../../time/format";
import { type Interval, parseMoment } from "../../../time/range";
import { usePageTime } from "../../../time/TimeProvider";
import { NoData } from "../../../ui/NoData";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import table from "../../../ui/Table.module.css";
import { usePatchSearch, useSearchState } from "../../../url/search";
import { DriftTable } from "../drift/DriftTable";
import styles from "../drift/drift.module.css";
import { QualityPanel } from "../drift/QualityPanel";
import { restOf } from "../drift/words";
import { ViewBar } from "../performance/ViewBar";
import { useView } from "../performance/view";
import type { TabProps } from "./tab";

/** What changed between two windows: measures, inputs by how they move answers, and the data. */
export function ChangesTab({ model, facts }: TabProps) {
  const { version, segment } = useView();
  const { interval } = usePageTime();
  const search = useSearchState();
  const patch = usePatchSearch();
  const windows = windowsOf(search, interval);
  const { before, after } = windows;
  const answer = useStepped(
    ["changes", model, version ?? "", segment ?? "", ...Object.values(said(search))],
    restOf(interval),
    (now, signal) => {
      const asked = windowsOf(search, now);
      return changesOf(model, asked.before, asked.after, { version, segment }, signal);
    },
  );
  return (
    <>
      <div className={styles["bar"]}>
        <ViewBar versions={facts?.versions ?? []} controls={[]} />
        <WindowPicker
          name="before"
          window={before}
          onPick={({ startMs, endMs }) => patch({ b_from: String(startMs), b_to: String(endMs) })}
        />
        <WindowPicker
          name="after"
          window={after}
          onPick={({ startMs, endMs }) => patch({ a_from: String(startMs), a_to: String(endMs) })}
        />
      </div>
      <Panel
        title="Measures"
        note={`${formatSpan(before.startMs, before.endMs)}, then ${formatSpan(after.startMs, after.endMs)}`}
        flush
        answer={answer}
      >
        {answer.data && <MeasureRows measures={answer.data.measures} />}
      </Panel>
      <DriftPanel model={model} answer={answer} />
      <QualityPanel answer={{ ...answer, data: answer.data?.quality }} />
    </>
  );
}

const KEYS = ["b_from", "b_to", "a_from", "a_to"] as const;

function said(search: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(KEYS.map((key) => [key, search[key] ?? ""]));
}

/** The two windows: those of the address, else the page's time and the time of the same length before it. */
export function windowsOf(
  search: Readonly<Record<string, string | undefined>>,
  interval: Interval,
): { readonly before: Interval; readonly after: Interval } {
  const after = named(search["a_from"], search["a_to"]) ?? interval;
  const length = after.endMs - after.startMs;
  const before = named(search["b_from"], search["b_to"]) ?? { startMs: after.startMs - length, endMs: after.startMs };
  return { before, after };
}

function named(from: string | undefined, to: string | undefined): Interval | undefined {
  const startMs = Number(from);
  const endMs = Number(to);
  return from && to && startMs < endMs ? { startMs, endMs } : undefined;
}

interface WindowPickerProps {
  readonly name: string;
  readonly window: Interval;
  readonly onPick: (window: Interval) => void;
}

/** From when to when, in the browser's own fields; taken as soon as both make sense. */
function WindowPicker({ name, window, onPick }: WindowPickerProps) {
  const [wrong, setWrong] = useState(false);
  const pick = (from: string, to: string) => {
    const startMs = parseMoment(from, Date.now());
    const endMs = parseMoment(to, Date.now());
    const fits = startMs !== null && endMs !== null && startMs < endMs;
    setWrong(!fits);
    if (fits) onPick({ startMs, endMs });
  };
  const start = local(window.startMs);
  const end = local(window.endMs);
  return (
    <fieldset className={styles["window"]} aria-label={`Window ${name}`}>
      <span>{name}</span>
      <input
        type="datetime-local"
        aria-label={`${name} from`}
        value={start}
        onChange={({ currentTarget }) => pick(currentTarget.value, end)}
      />
      <input
        type="datetime-local"
        aria-label={`${name} to`}
        value={end}
        onChange={({ currentTarget }) => pick(start, currentTarget.value)}
      />
      {wrong && <span role="alert">must end after it starts</span>}
    </fieldset>
  );
}

/** `2026-11-21T14:03`, in the browser's zone. */
export function local(ms: number): string {
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function MeasureRows({ measures }: { measures: Changes["measures"] }) {
  const known = Object.entries(measures);
  if (known.length === 0) return <NoData>No measure is known in both windows: too few truths.</NoData>;
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          {["Before", "n", "After", "n", "Difference"].map((name, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change
            <th key={place} scope="col" data-number>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {known.map(([name, { before, after, difference }]) => (
          <tr key={name}>
            <td>{name}</td>
            <td data-number>{number(before.value)}</td>
            <td data-number>{before.n === undefined ? "–" : formatCount(before.n)}</td>
            <td data-number>{number(after.value)}</td>
            <td data-number>{after.n === undefined ? "–" : formatCount(after.n)}</td>
            <td data-number>{difference === undefined ? "–" : signed(difference)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function number(value: number | undefined): string {
  return value === undefined ? "–" : significant(value);
}

function signed(value: number): string {
  return value > 0 ? `+${significant(value)}` : significant(value);
}

function DriftPanel({ model, answer }: { model: string; answer: Timed<Changes> }) {
  const [chosen, choose] = useState<string>();
  const drift = answer.data?.drift;
  const rows = drift && `${formatCount(drift.current.n)} rows after, ${formatCount(drift.reference.n)} before`;
  return (
    <Panel title="What the model is given and answers" note={rows} flush answer={answer}>
      {drift && (
        <>
          <DriftTable model={model} features={drift.features} chosen={chosen} onChoose={choose} />
          <Notes notes={drift.notes} />
        </>
      )}
    </Panel>
  );
}
