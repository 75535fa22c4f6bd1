import { UnstyledButton } from "@mantine/core";
import { type DriftPart, type DriftView, driftSegmentsOf } from "../../../api/drift";
import { useTimed } from "../../../api/useTimed";
import { formatCount, formatValue } from "../../../format/numbers";
import { Panel } from "../../../ui/Panel";
import { StatusMark } from "../../../ui/StatusMark";
import table from "../../../ui/Table.module.css";
import { usePatchSearch, useSearchState } from "../../../url/search";
import performance from "../performance/performance.module.css";
import { useSplits } from "../performance/useSplits";

const SHOWN = 3;

/** How far each segment has moved, against the same segment of the reference. */
export function SegmentDriftPanel({ model, view }: { model: string; view: DriftView }) {
  const patch = usePatchSearch();
  const by = useSearchState()["drift_by"] ?? "";
  const splits = useSplits(model) ?? [];
  const key = [model, view.version ?? "", view.segment ?? "", view.reference ?? "", by];
  const answer = useTimed(
    ["drift segments", ...key],
    (interval, signal) => driftSegmentsOf(model, interval, view, by, signal),
    { enabled: by !== "" },
  );
  if (splits.length === 0) return null;
  return (
    <Panel title="Drift by segment" flush {...(by ? { answer } : {})}>
      <fieldset className={performance["chips"]} aria-label="Segments by">
        {splits.map((name) => (
          <UnstyledButton
            key={name}
            aria-pressed={name === by}
            onClick={() => patch({ drift_by: name === by ? undefined : name }, { replace: true })}
          >
            {name}
          </UnstyledButton>
        ))}
      </fieldset>
      {by ? (
        <SegmentRows segments={answer.data ?? []} />
      ) : (
        <p className={performance["said"]}>Choose what to split by.</p>
      )}
    </Panel>
  );
}

function SegmentRows({ segments }: { segments: readonly DriftPart[] }) {
  const furthest = [...segments].sort((one, other) => (other.share ?? -1) - (one.share ?? -1));
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Segment</th>
          <th scope="col">Verdict</th>
          <th scope="col" data-number>
            Inputs drifted
          </th>
          <th scope="col" data-number>
            Rows
          </th>
          <th scope="col">Furthest</th>
        </tr>
      </thead>
      <tbody>
        {furthest.map((segment) => (
          <tr key={segment.segment}>
            <td>{segment.segment}</td>
            <td>
              <StatusMark status={segment.reason ? "none" : segment.drifted ? "error" : "ok"}>
                <span>{segment.reason ? "not enough data" : segment.drifted ? "drifted" : "stable"}</span>
              </StatusMark>
            </td>
            <td data-number>{segment.share === undefined ? "–" : formatValue(segment.share, "ratio")}</td>
            <td data-number>{segment.n === undefined ? "–" : formatCount(segment.n)}</td>
            <td data-wide title={segment.reason}>
              {segment.reason ?? furthestOf(segment)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `age 40 %, income 12 %`: how many rows of the first features are elsewhere. */
export function furthestOf({ features = [] }: DriftPart): string {
  return features
    .slice(0, SHOWN)
    .flatMap(({ feature, moved }) => (moved === undefined ? [] : [`${feature} ${formatValue(moved, "ratio")}`]))
    .join(", ");
}
