import type { PerformanceWindow } from "../../../api/performance";
import { isKnown } from "../../../api/performance";
import type { Timed } from "../../../api/useTimed";
import { formatCount, formatValue } from "../../../format/numbers";
import { formatAgo, formatLength, formatMoment, formatSpan } from "../../../time/format";
import { usePageTime } from "../../../time/TimeProvider";
import { Failure } from "../../../ui/Failure";
import { type Status, StatusMark } from "../../../ui/StatusMark";
import { differenceInWords } from "./ChangeMark";
import { classChangesOf } from "./ClassChanges";
import { differenceOf, type Verdict, verdictOf } from "./difference";
import { ModelLink } from "./ModelLink";
import { factsOf, formatMeasure, type MeasureFacts, reasonOf } from "./measures";
import { sinceTurn, type Turn } from "./turn";
import type { Pair } from "./usePerformance";
import styles from "./VerdictPanel.module.css";

interface VerdictPanelProps {
  readonly model: string;
  readonly measure: string;
  readonly pair: Timed<Pair>;
  readonly turn: Turn | null;
  readonly total: PerformanceWindow | undefined;
  /** Whether there are versions to compare. */
  readonly versions: boolean;
}

const STATUS: Readonly<Record<Verdict, Status>> = {
  worse: "error",
  better: "ok",
  moved: "warn",
  "no clear change": "ok",
  unknown: "none",
};

/** In a sentence: what has changed, since when, for which class, and where to go from here. */
export function VerdictPanel({ model, measure, pair, turn, total, versions }: VerdictPanelProps) {
  const facts = factsOf(measure);
  if (!pair.data) return pair.error ? <Failure error={pair.error} onRetry={pair.retry} /> : <Waiting />;
  const { before, after } = pair.data;
  const difference = differenceOf(before.window?.measures[measure], after.window?.measures[measure]);
  const verdict = verdictOf(difference, facts);
  return (
    <section className={styles["verdict"]} data-verdict={verdict} aria-label="Verdict" aria-busy={pair.fetching}>
      <p className={styles["sentence"]}>
        <StatusMark status={STATUS[verdict]}>
          <strong>{headline(verdict, facts, pair.data, measure)}</strong>
        </StatusMark>
      </p>
      <p className={styles["text"]}>
        {difference && (
          <>
            {differenceInWords(difference, facts)}, {against(pair.data, turn)}.{" "}
          </>
        )}
        <Labelled total={total} />
      </p>
      {verdict === "worse" && <NextSteps model={model} pair={pair.data} turn={turn} versions={versions} />}
    </section>
  );
}

function headline(verdict: Verdict, { name, good, share }: MeasureFacts, { before, after }: Pair, key: string): string {
  const was = before.window?.measures[key];
  const is = after.window?.measures[key];
  if (!isKnown(is)) return `${name}: ${reasonOf(is)}`;
  const now = formatMeasure(is.value, { share });
  if (!isKnown(was)) return `${name} is ${now}; there is nothing before it to compare with`;
  const from = formatMeasure(was.value, { share });
  const verb = is.value > was.value ? "rose" : "fell";
  switch (verdict) {
    case "worse":
    case "moved":
      return `${name} ${verb} from ${from} to ${now}`;
    case "better":
      return `${name} ${good === "low" ? "fell" : "rose"}, for the better, from ${from} to ${now}`;
    case "no clear change":
      return `${name} is ${now}: no clear change`;
    case "unknown":
      return `${name} is ${now}, it was ${from}`;
  }
}

/** What is set against what. */
function against({ before, after }: Pair, turn: Turn | null): string {
  if (turn) {
    return `since ${formatMoment(turn.atMs)}, against ${formatSpan(before.interval.startMs, before.interval.endMs)}`;
  }
  const length = formatLength(after.interval.endMs - after.interval.startMs);
  return `against the ${length} before, from ${formatMoment(before.interval.startMs)}`;
}

/** How much of the time is judged at all: young predictions have no truth yet. */
function Labelled({ total }: { total: PerformanceWindow | undefined }) {
  // Of texts nobody waits for a truth.
  if (!total || total.n === 0 || total.finish_reasons) return null;
  const share = formatValue(total.labelled / total.n, "ratio");
  return (
    <span className="muted">
      The truth is known of {formatCount(total.labelled)} of {formatCount(total.n)} predictions ({share}).
    </span>
  );
}

interface NextStepsProps {
  readonly model: string;
  readonly pair: Pair;
  readonly turn: Turn | null;
  readonly versions: boolean;
}

function NextSteps({ model, pair, turn, versions }: NextStepsProps) {
  const { nowMs, range } = usePageTime();
  const worst = classChangesOf(pair).find(({ verdict }) => verdict === "worse");
  const time = sinceTurn(turn, range.to);
  const facts = { share: true };
  return (
    <ul className={styles["steps"]}>
      {turn && <li className="muted">began {formatAgo(nowMs - turn.atMs)}</li>}
      {worst && (
        <li>
          Worst: <strong>{worst.name}</strong>, recall{" "}
          {isKnown(worst.recallBefore) && formatMeasure(worst.recallBefore.value, facts)} →{" "}
          {isKnown(worst.recall) && formatMeasure(worst.recall.value, facts)},{" "}
          <ModelLink
            model={model}
            tab="predictions"
            search={{ ...time, truth: worst.name, outcome: "wrong", measure: undefined }}
          >
            its missed cases
          </ModelLink>
        </li>
      )}
      {pair.after.window?.confusion && (
        <li>
          <ModelLink model={model} tab="predictions" search={{ ...time, outcome: "wrong" }}>
            All wrong predictions {turn ? "since then" : ""}
          </ModelLink>
        </li>
      )}
      <li>
        <ModelLink model={model} tab="segments">
          Why: other cases, or a worse model?
        </ModelLink>
      </li>
      {versions && (
        <li>
          <ModelLink model={model} tab="versions">
            Is it the version?
          </ModelLink>
        </li>
      )}
    </ul>
  );
}

function Waiting() {
  return (
    <section className={styles["verdict"]} aria-label="Verdict" aria-busy="true">
      <p className="muted">Comparing…</p>
    </section>
  );
}
