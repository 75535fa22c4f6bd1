import { useState } from "react";
import type { Performance } from "../../../api/performance";
import { isKnown } from "../../../api/performance";
import type { Timed } from "../../../api/useTimed";
import { TableSwitch } from "../../../charts/ChartPanel";
import type { Extras } from "../../../charts/extras";
import { formatCount } from "../../../format/numbers";
import { NoData } from "../../../ui/NoData";
import { Notes } from "../../../ui/Notes";
import { Panel } from "../../../ui/Panel";
import { Skeleton } from "../../../ui/Skeleton";
import { MeasureChart } from "./MeasureChart";
import { colourOf, factsOf, reasonOf } from "./measures";
import { AVERAGE_WORDS, useView } from "./view";
import { WindowTable } from "./WindowTable";

interface MeasurePanelProps {
  readonly measure: string;
  readonly answer: Timed<Performance>;
  readonly height: number;
  readonly title?: string;
  readonly mark?: Extras["mark"];
  /** What the server says beside its answer; where several panels share one answer, one of them says it. */
  readonly notes?: boolean;
}

/** One measure over time, as a picture or as numbers; its averaging stands beside its name. */
export function MeasurePanel({ measure, answer, height, title, mark = null, notes = false }: MeasurePanelProps) {
  const [asTable, setAsTable] = useState(false);
  const { average } = useView();
  const facts = factsOf(measure);
  const windows = answer.data?.windows;
  const known = windows?.some(({ measures }) => isKnown(measures[measure]));
  const note = facts.averaged ? `${AVERAGE_WORDS[average]}: ${facts.meaning}` : facts.meaning;
  return (
    <Panel
      title={title ?? facts.name}
      note={note}
      actions={<TableSwitch on={asTable} onChange={setAsTable} />}
      answer={answer}
    >
      {!windows && <Skeleton shape="chart" height={height} />}
      {windows && !known && <NoData>{whyNot(answer.data, measure)}</NoData>}
      {windows && known && asTable && <WindowTable windows={windows} measure={measure} />}
      {windows && known && !asTable && (
        <MeasureChart windows={windows} measure={measure} colour={colourOf(measure)} height={height} mark={mark} />
      )}
      {notes && <Notes notes={answer.data?.notes ?? []} />}
    </Panel>
  );
}

function whyNot(performance: Performance | undefined, measure: string): string {
  const windows = performance?.windows ?? [];
  const labelled = windows.reduce((sum, window) => sum + window.labelled, 0);
  const reasons = new Set(
    windows
      .map(({ measures }) => measures[measure])
      .filter((one) => one !== undefined)
      .map(reasonOf),
  );
  const [reason] = reasons;
  const rows = `${formatCount(labelled)} predictions of this time have a truth.`;
  return reason ? `${rows} In the first window: ${reason}.` : rows;
}
