import { type Averaging, type Change, changeOf, isKnown } from "../../../api/performance";
import { useTimed } from "../../../api/useTimed";
import { formatLength, formatMoment } from "../../../time/format";
import { Choice } from "../../../ui/Choice";
import { EmptyState } from "../../../ui/EmptyState";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import { SideScroll } from "../../../ui/SideScroll";
import table from "../../../ui/Table.module.css";
import { usePatchSearch, useSearchState } from "../../../url/search";
import { differenceOf, verdictOf } from "./difference";
import { factsOf, formatDifference, hasClasses, type MeasureFacts, reasonOf } from "./measures";
import { type Pair, sidesOf } from "./usePerformance";
import type { Quality } from "./useQuality";
import { keyOf } from "./view";
import styles from "./WhyPanel.module.css";

const MOST_PARTS = 12;

interface WhyPanelProps {
  readonly model: string;
  readonly quality: Quality;
  readonly splits: readonly string[];
}

/** Why a measure changed: other cases came in, or the model became worse at the same ones. */
export function WhyPanel({ model, quality: { view, measure: wanted, turn, task, pair }, splits }: WhyPanelProps) {
  const patch = usePatchSearch();
  const classes = hasClasses(task);
  const by = useSearchState()["why"] ?? (classes ? "class" : splits[0]);
  const measure = splitFor(wanted, task, by, view.average);
  const facts = factsOf(measure);
  const missing = missingIn(pair.data, measure);
  const answer = useTimed(
    ["change", model, measure, by ?? "", turn?.atMs ?? "previous", ...keyOf(view)],
    async (interval, signal) => {
      const [before, after] = sidesOf(interval, turn?.atMs ?? null);
      return { before, after, change: await changeOf(model, before, after, view, measure, by ?? "", signal) };
    },
    { enabled: by !== undefined && pair.data !== undefined && missing === null },
  );
  const { data } = answer;
  const against = data && (turn ? `since ${formatMoment(turn.atMs)}` : beforeOf(data.after));
  return (
    <Panel
      title={`Why ${facts.name} changed`}
      note={against}
      actions={
        <Choice
          label="Split by"
          all={classes ? "Split by class" : "Split by…"}
          value={by === "class" ? "" : (by ?? "")}
          options={splits}
          onChange={(value) => patch({ why: value || undefined }, { replace: true })}
        />
      }
      shape="rows"
      {...(by === undefined || missing !== null ? {} : { answer })}
    >
      {measure !== wanted && (
        <p className="muted">
          {factsOf(wanted).name} of the whole does not follow from that of its parts, so that {facts.name} is taken
          apart in its place.
        </p>
      )}
      {by === undefined && <EmptyState title="Nothing to split by." />}
      {missing !== null && <EmptyState title="Nothing to explain.">{missing}</EmptyState>}
      {missing === null && data && data.change.difference !== undefined && <Parts change={data.change} facts={facts} />}
      <Notes notes={data?.change.notes ?? []} />
    </Panel>
  );
}

const OF_ROWS = ["accuracy", "hamming_loss", "log_loss", "brier"];
const OF_COUNTS = ["precision", "recall", "f1", "f2", "specificity", "jaccard"];
const NO_MEANS = ["rmse", "r2", "explained_variance", "max_error", "median_ae"];

/**
 * The measure itself where it splits into parts exactly, else one that does: averages over classes split by class, and
 * by segment only those that count cases, of one class or of all.
 */
function splitFor(wanted: string, task: string | undefined, by: string | undefined, average: Averaging): string {
  if (!hasClasses(task)) return NO_MEANS.includes(wanted) ? "mae" : wanted;
  if (OF_ROWS.includes(wanted)) return wanted;
  const splits = by === "class" ? average !== "binary" : average === "binary" || average === "micro";
  return splits && OF_COUNTS.includes(wanted) ? wanted : "accuracy";
}

/** Why there is nothing to compare; null where there is something, or nothing is known yet. */
function missingIn(pair: Pair | undefined, measure: string): string | null {
  if (!pair) return null;
  const was = pair.before.window?.measures[measure];
  const is = pair.after.window?.measures[measure];
  if (isKnown(was) && isKnown(is)) return null;
  return isKnown(is) ? `Before: ${reasonOf(was)}.` : `Now: ${reasonOf(is)}.`;
}

function beforeOf({ startMs, endMs }: { startMs: number; endMs: number }): string {
  return `against the ${formatLength(endMs - startMs)} before`;
}

function Parts({ change, facts }: { change: Change; facts: MeasureFacts }) {
  const parts = [...change.parts].sort((a, b) => Math.abs(effectOf(b)) - Math.abs(effectOf(a)));
  const most = Math.max(1e-9, ...parts.flatMap(({ mix, within }) => [Math.abs(mix), Math.abs(within)]));
  return (
    <>
      {verdictOf(differenceOf(change.before, change.after), facts) === "no clear change" && (
        <p className="muted">The change may be chance, and its parts with it.</p>
      )}
      <dl className={styles["sums"]}>
        <Sum name="Change" value={change.difference ?? 0} facts={facts} />
        <Sum name="because other cases came (mix)" value={change.total_mix} facts={facts} />
        <Sum
          name="because the model did otherwise on the same cases (within)"
          value={change.total_within}
          facts={facts}
        />
      </dl>
      <SideScroll className={styles["parts"]}>
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Mix</th>
              <th scope="col">Within</th>
              <th scope="col" data-number>
                Together
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.slice(0, MOST_PARTS).map((part) => (
              <tr key={part.name}>
                <td>{part.name}</td>
                <td>
                  <Bar value={part.mix} most={most} facts={facts} />
                </td>
                <td>
                  <Bar value={part.within} most={most} facts={facts} />
                </td>
                <td data-number>{formatDifference(effectOf(part), facts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
      {parts.length > MOST_PARTS && <p className="muted">and {parts.length - MOST_PARTS} parts that did less</p>}
    </>
  );
}

function effectOf({ mix, within, interaction = 0 }: Change["parts"][number]): number {
  return mix + within + interaction;
}

function Sum({ name, value, facts }: { name: string; value: number; facts: MeasureFacts }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatDifference(value, facts)}</dd>
    </div>
  );
}

/** To the left of the middle what pulled down, to the right what pushed up. */
function Bar({ value, most, facts }: { value: number; most: number; facts: MeasureFacts }) {
  const width = `${(50 * Math.abs(value)) / most}%`;
  const side = value < 0 ? { right: "50%" } : { left: "50%" };
  const good = facts.good === "low" ? value <= 0 : value >= 0;
  return (
    <span className={styles["bar"]}>
      <span className={styles["track"]} aria-hidden="true">
        <span data-good={good} style={{ width, ...side }} />
      </span>
      <span className={styles["number"]}>{formatDifference(value, facts)}</span>
    </span>
  );
}
