import { type ClassMeasures, isKnown, type Measured } from "../../../api/performance";
import type { Timed } from "../../../api/useTimed";
import { formatCount } from "../../../format/numbers";
import { formatMoment } from "../../../time/format";
import { usePageTime } from "../../../time/TimeProvider";
import { NoData } from "../../../ui/NoData";
import { Panel } from "../../../ui/Panel";
import table from "../../../ui/Table.module.css";
import { ChangeMark } from "./ChangeMark";
import { type Difference, differenceOf, type Verdict, verdictOf } from "./difference";
import { ModelLink } from "./ModelLink";
import { factsOf, formatInterval, formatMeasure, shortReason } from "./measures";
import { sinceTurn, type Turn } from "./turn";
import type { Pair } from "./usePerformance";

const MOST = 8;
const RECALL = factsOf("recall");
const PRECISION = factsOf("precision");

/** What has become of one class. */
export interface ClassChange {
  readonly name: string;
  /** True cases. */
  readonly support: number;
  readonly recall: Measured | undefined;
  readonly recallBefore: Measured | undefined;
  readonly recallChange: Difference | null;
  readonly precision: Measured | undefined;
  readonly precisionChange: Difference | null;
  /** Of the recall: which cases are missed now that were not before. */
  readonly verdict: Verdict;
}

/** The classes of both sides, first those whose recall has clearly fallen, and of those the ones that cost most cases. */
export function classChangesOf({ before, after }: Pair): readonly ClassChange[] {
  const was = before.window?.classes ?? {};
  const is = after.window?.classes ?? {};
  const changes = [...new Set([...Object.keys(is), ...Object.keys(was)])].map((name) =>
    changeOf(name, was[name], is[name]),
  );
  const cost = ({ verdict, support, recallChange }: ClassChange) =>
    (verdict === "worse" ? 1e12 : 0) - support * (recallChange?.value ?? 0);
  return changes.sort((a, b) => cost(b) - cost(a));
}

function changeOf(name: string, was: ClassMeasures | undefined, is: ClassMeasures | undefined): ClassChange {
  const recall = is?.["recall"] as Measured | undefined;
  const recallBefore = was?.["recall"] as Measured | undefined;
  const precision = is?.["precision"] as Measured | undefined;
  const recallChange = differenceOf(recallBefore, recall);
  return {
    name,
    support: is?.support ?? 0,
    recall,
    recallBefore,
    recallChange,
    precision,
    precisionChange: differenceOf(was?.["precision"] as Measured | undefined, precision),
    verdict: verdictOf(recallChange, RECALL),
  };
}

interface ClassChangesProps {
  readonly model: string;
  readonly pair: Timed<Pair>;
  readonly turn: Turn | null;
}

/** Which classes have become worse, with the way to the cases that are missed. */
export function ClassChanges({ model, pair, turn }: ClassChangesProps) {
  const { range } = usePageTime();
  const time = sinceTurn(turn, range.to);
  const changes = pair.data ? classChangesOf(pair.data) : [];
  return (
    <Panel
      title="By class"
      note={turn ? `worst first, since ${formatMoment(turn.atMs)}` : "worst first"}
      flush
      answer={pair}
    >
      {pair.data && changes.length === 0 && <NoData>Drawn for models that answer with a class.</NoData>}
      {changes.length > 0 && (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" data-number>
                True cases
              </th>
              <th scope="col">Recall, 95 % interval</th>
              <th scope="col">Change, points</th>
              <th scope="col">Precision, 95 % interval</th>
              <th scope="col">Change, points</th>
              <th scope="col">Rows</th>
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, MOST).map((change) => (
              <tr key={change.name}>
                <td>{change.name}</td>
                <td data-number>{formatCount(change.support)}</td>
                <td>
                  <Value measured={change.recall} />
                </td>
                <td>
                  <ChangeMark difference={change.recallChange} facts={RECALL} short />
                </td>
                <td>
                  <Value measured={change.precision} />
                </td>
                <td>
                  <ChangeMark difference={change.precisionChange} facts={PRECISION} short />
                </td>
                <td>
                  <ModelLink model={model} tab="predictions" search={{ ...time, truth: change.name, outcome: "wrong" }}>
                    missed
                  </ModelLink>
                  {" · "}
                  <ModelLink
                    model={model}
                    tab="predictions"
                    search={{ ...time, predicted: change.name, outcome: "wrong" }}
                  >
                    falsely found
                  </ModelLink>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Value({ measured }: { measured: Measured | undefined }) {
  if (!isKnown(measured)) return <span className="muted">{shortReason(measured)}</span>;
  return (
    <>
      <strong>{formatMeasure(measured.value, RECALL)}</strong>{" "}
      <span className="muted">{formatInterval(measured, RECALL)}</span>
    </>
  );
}
