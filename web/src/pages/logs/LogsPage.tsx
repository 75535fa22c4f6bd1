import { useEffect } from "react";
import { logLabels } from "../../api/loki";
import { useTimed } from "../../api/useTimed";
import { useWidth } from "../../charts/useWidth";
import { stepSecondsFor } from "../../time/step";
import { usePageTime } from "../../time/TimeProvider";
import { Panel } from "../../ui/Panel";
import { useSearchState } from "../../url/search";
import { AskPanel } from "./AskPanel";
import { LinesPanel } from "./LinesPanel";
import { defaultQuery } from "./logql";
import styles from "./logs.module.css";
import { readLogsView } from "./logsView";
import { NoLogs } from "./NoLogs";
import { SeriesPanel } from "./SeriesPanel";
import { useLogs } from "./useLogs";
import { VolumePanel } from "./VolumePanel";

const BAR_PX = 8;
const FOLLOW_REFRESH_MS = 10_000;

/** The lines of a query over logs, how many there are over time, and what is known of each. */
export function LogsPage() {
  const { interval, refreshNow } = usePageTime();
  const view = readLogsView(useSearchState());
  const [place, width] = useWidth<HTMLDivElement>();
  const labels = useTimed(["log-labels"], (asked, signal) => logLabels(asked, signal));
  const query = view.query ?? defaultQuery(labels.data);
  const logs = useLogs({
    query,
    interval,
    direction: view.follow ? "backward" : view.order === "newest" ? "backward" : "forward",
    stepS: stepSecondsFor(interval, width || 900),
    follow: view.follow,
  });
  const { shown, answer } = logs;
  const nothing = labels.data?.length === 0 && (view.query === null || shown?.lines.length === 0);

  useEffect(() => {
    if (!view.follow) return;
    const timer = setInterval(() => !document.hidden && refreshNow(), FOLLOW_REFRESH_MS);
    return () => clearInterval(timer);
  }, [view.follow, refreshNow]);

  return (
    <div ref={place} className={styles["page"]}>
      <AskPanel query={query} names={labels.data ?? []} failed={answer.error !== null} />
      {nothing && !answer.error && (
        <Panel title="Logs" answer={labels}>
          <NoLogs />
        </Panel>
      )}
      {!nothing && shown?.series && <SeriesPanel query={query} counted={shown.series} answer={answer} />}
      {!nothing && !shown?.series && (
        <>
          {width > 0 && query !== "" && !answer.error && (
            <VolumePanel
              query={query}
              stepS={stepSecondsFor(interval, (width * 3) / BAR_PX)}
              labels={labels.data ?? []}
            />
          )}
          <LinesPanel view={view} query={query} logs={logs} labelsAnswer={labels} />
        </>
      )}
    </div>
  );
}
