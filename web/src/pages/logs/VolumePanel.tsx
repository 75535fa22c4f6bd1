import { UnstyledButton } from "@mantine/core";
import { useMemo, useState } from "react";
import { querySeries } from "../../api/loki";
import { useTimed } from "../../api/useTimed";
import { formatCount } from "../../format/numbers";
import { usePageTime } from "../../time/TimeProvider";
import { Panel } from "../../ui/Panel";
import { usePatchSearch } from "../../url/search";
import { LEVEL_COLOURS } from "./level";
import { readLogQuery, volumeQuery, withCondition, withMatcher, writeLogQuery } from "./logql";
import styles from "./logs.module.css";
import { logsViewPatch } from "./logsView";
import { VolumeChart } from "./VolumeChart";
import { type Bar, barsOf, describe, type LevelSum, levelSums, wholeSteps } from "./volume";

interface VolumePanelProps {
  readonly query: string;
  readonly stepS: number;
  /** Names of labels that streams have. */
  readonly labels: readonly string[];
}

/** How many lines there are over time, by level; dragging chooses a time, a level narrows the query down. */
export function VolumePanel({ query, stepS, labels }: VolumePanelProps) {
  const { zoomTo } = usePageTime();
  const patch = usePatchSearch();
  const [pointed, setPointed] = useState<Bar | null>(null);
  const counting = volumeQuery(query, stepS);
  const answer = useTimed(
    ["log-volume", counting],
    async (interval, signal) => {
      const window = wholeSteps(interval, stepS);
      const series = await querySeries(counting ?? "", window, stepS, signal);
      return { series, window, stepS };
    },
    { resolution: stepS, enabled: counting !== null },
  );
  const { data } = answer;
  const bars = useMemo(() => (data ? barsOf(data.series, data.window, data.stepS) : []), [data]);
  const sums = data ? levelSums(data.series) : [];
  const total = sums.reduce((sum, { count }) => sum + count, 0);
  const narrow = ({ label, words }: LevelSum) => {
    const parts = readLogQuery(query);
    if (!parts) return;
    const condition = { name: label, ...anyOf(words) };
    const next = labels.includes(label)
      ? { ...parts, matchers: withMatcher(parts.matchers, condition) }
      : withCondition(parts, condition);
    patch(logsViewPatch({ query: writeLogQuery(next) }));
  };
  if (counting === null) return null;
  const usual = data && `${formatCount(total)} lines, one bar for ${data.stepS} s`;
  return (
    <Panel title="Lines over time" note={pointed ? describe(pointed) : usual} answer={answer} shape="chart">
      {data && (
        <>
          <VolumeChart bars={bars} onPoint={setPointed} onZoom={zoomTo} />
          <ul className={styles["levels"]} aria-label="Levels">
            {sums.map((sum) => (
              <li key={sum.level}>
                <UnstyledButton title={`Show ${sum.level} only`} onClick={() => narrow(sum)}>
                  <span className={styles["square"]} style={{ background: LEVEL_COLOURS[sum.level] }} />
                  {sum.level}
                  <b>{formatCount(sum.count)}</b>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function anyOf(words: readonly string[]): { readonly operator: "=" | "=~"; readonly value: string } {
  const [only] = words;
  if (words.length === 1 && only !== undefined) return { operator: "=", value: only };
  return { operator: "=~", value: words.join("|") };
}
