import { UnstyledButton } from "@mantine/core";
import { isKnown, type Measured } from "../../../api/performance";
import { formatCount } from "../../../format/numbers";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import { usePatchSearch, useSearchState } from "../../../url/search";
import { MeasureChoice } from "../performance/MeasureChoice";
import { factsOf, formatInterval, formatMeasure, type MeasureFacts, reasonOf } from "../performance/measures";
import styles from "../performance/performance.module.css";
import { SegmentTable } from "../performance/SegmentTable";
import { useQuality } from "../performance/useQuality";
import { useSegments, worstFirst } from "../performance/useSegments";
import { useSplits } from "../performance/useSplits";
import { controlsFor, ViewBar } from "../performance/ViewBar";
import { WhyPanel } from "../performance/WhyPanel";
import type { TabProps } from "./tab";

/** For whom the model is worse than for others, and whether a change came from them or from the model. */
export function SegmentsTab({ model, facts }: TabProps) {
  const quality = useQuality(model, facts);
  const splits = useSplits(model);
  return (
    <>
      <ViewBar
        versions={facts?.versions ?? []}
        controls={controlsFor(quality.task)}
        classes={quality.windows.data?.classes}
      >
        <MeasureChoice windows={quality.windows.data} task={quality.task} value={quality.measure} />
      </ViewBar>
      <WhyPanel model={model} quality={quality} splits={splits ?? []} />
      <SegmentsPanel model={model} measure={quality.measure} splits={splits} />
    </>
  );
}

interface SegmentsPanelProps {
  readonly model: string;
  readonly measure: string;
  readonly splits: readonly string[] | undefined;
}

function SegmentsPanel({ model, measure, splits }: SegmentsPanelProps) {
  const patch = usePatchSearch();
  const by = useSearchState()["by"];
  const chosen = by ? by.split(",") : [];
  const asked = by ? [by] : (splits ?? []);
  const answer = useSegments(model, measure, asked);
  const facts = factsOf(measure);
  const rows = worstFirst(answer.data ?? [], facts.good);
  const said = [...new Set((answer.data ?? []).flatMap(({ notes = [] }) => notes))];
  const overall = answer.data?.[0]?.overall;
  const toggle = (name: string) => {
    const next = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
    patch({ by: next.join(",") || undefined }, { replace: true });
  };
  if (splits?.length === 0 && !by) {
    return (
      <Panel title="Segments">
        <EmptyState title="Nothing to split by.">
          No feature or tag of the newest predictions has a few values that come again. A segment can still be written
          above.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Segments"
      note={overall && `worst first; the whole: ${wholeText(overall, facts)}`}
      flush
      answer={answer}
    >
      <fieldset className={styles["chips"]} aria-label="Split by, several together">
        {(splits ?? []).map((name) => (
          <UnstyledButton key={name} aria-pressed={chosen.includes(name)} onClick={() => toggle(name)}>
            {name}
          </UnstyledButton>
        ))}
        <span className="muted">
          {chosen.length > 1 ? "their combinations" : chosen.length === 0 ? "each alone" : ""}
        </span>
      </fieldset>
      <SegmentTable model={model} rows={rows} splits={asked.length} facts={facts} />
      {said.map((note) => (
        <p key={note} className={styles["said"]}>
          {note}
        </p>
      ))}
    </Panel>
  );
}

function wholeText(overall: Measured, facts: MeasureFacts): string {
  if (!isKnown(overall)) return reasonOf(overall);
  const interval = formatInterval(overall, facts);
  return `${formatMeasure(overall.value, facts)} (${interval && `${interval}, `}n ${formatCount(overall.n)})`;
}
