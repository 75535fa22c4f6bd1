import type { Model } from "../../../api/models";
import type { PerformanceWindow } from "../../../api/performance";
import { formatCount } from "../../../format/numbers";
import { EmptyState } from "../../../ui/EmptyState";
import { PageLink } from "../../../ui/PageLink";
import { Panel } from "../../../ui/Panel";
import { ModelLink } from "./ModelLink";

interface NoTruthProps {
  readonly model: string;
  readonly window: PerformanceWindow | undefined;
  readonly facts: Model | undefined;
  /** Whether a version or a segment is chosen. */
  readonly narrowed: boolean;
}

/** Why nothing can be said about quality, and what to do about it. */
export function NoTruth({ model, window, facts, narrowed }: NoTruthProps) {
  const predictions = window?.n ?? 0;
  const elsewhere = (facts?.labelled ?? 0) > 0;
  return (
    <Panel title="Quality">
      <EmptyState
        title={
          predictions === 0 ? "No prediction in this time." : "The truth of no prediction in this time is known yet."
        }
      >
        {predictions > 0 && <p>{formatCount(predictions)} predictions wait for theirs.</p>}
        {narrowed && (
          <p>
            Only a part is looked at:{" "}
            <ModelLink model={model} tab={undefined} search={{ version: undefined, segment: undefined }}>
              show all versions and segments
            </ModelLink>
            .
          </p>
        )}
        {elsewhere ? (
          <p>
            {formatCount(facts?.labelled ?? 0)} predictions of other times have one:{" "}
            <PageLink to="/models/$name" params={{ name: model }} search={{ from: "now-7d", to: "now" }}>
              look at the last 7 days
            </PageLink>
            .
          </p>
        ) : (
          <p>
            Send what turned out to be true: <code>{`POST {"id": "…", "value": "…"}`}</code> to{" "}
            <code>/api/models/v1/{model}/ground-truth</code>, or say it of a single one under Predictions.
          </p>
        )}
      </EmptyState>
    </Panel>
  );
}
