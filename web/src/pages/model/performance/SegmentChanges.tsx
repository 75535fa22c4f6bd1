import { formatMoment } from "../../../time/format";
import { usePageTime } from "../../../time/TimeProvider";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import { ModelLink } from "./ModelLink";
import { factsOf } from "./measures";
import { SegmentTable } from "./SegmentTable";
import { sinceTurn, type Turn } from "./turn";
import { useSegments, worstFirst } from "./useSegments";
import { useSplits } from "./useSplits";

const MOST_SPLITS = 4;
const MOST_ROWS = 8;

interface SegmentChangesProps {
  readonly model: string;
  readonly measure: string;
  readonly turn: Turn | null;
}

/** The worst segments of the features that split best, in short. */
export function SegmentChanges({ model, measure, turn }: SegmentChangesProps) {
  const facts = factsOf(measure);
  const { range } = usePageTime();
  const splits = useSplits(model);
  const asked = splits?.slice(0, MOST_SPLITS) ?? [];
  const answer = useSegments(model, measure, asked, turn?.atMs ?? null);
  const rows = worstFirst(answer.data ?? [], facts.good);
  const none = splits?.length === 0;
  return (
    <Panel
      title="By segment"
      note={
        asked.length > 0 && `worst first, of ${asked.join(", ")}${turn ? `, since ${formatMoment(turn.atMs)}` : ""}`
      }
      actions={
        <ModelLink model={model} tab="segments">
          All segments
        </ModelLink>
      }
      flush
      {...(none ? {} : { answer })}
    >
      {none && (
        <EmptyState title="Nothing to split by.">
          No feature or tag of the newest predictions has a few values that come again.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <SegmentTable
          model={model}
          rows={rows.slice(0, MOST_ROWS)}
          splits={asked.length}
          facts={facts}
          time={sinceTurn(turn, range.to)}
        />
      )}
    </Panel>
  );
}
