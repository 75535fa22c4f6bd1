import { IconTerminal2 } from "@tabler/icons-react";
import { useState } from "react";
import { queryRangeCurl } from "../../api/prometheus";
import { useRange } from "../../api/useRange";
import { ChartBody } from "../../charts/ChartBody";
import { TableSwitch } from "../../charts/ChartPanel";
import { useWidth } from "../../charts/useWidth";
import { unitOf } from "../../format/unitOf";
import { formatAgo } from "../../time/format";
import { stepSecondsFor } from "../../time/step";
import { usePageTime } from "../../time/TimeProvider";
import { CopyButton } from "../../ui/CopyButton";
import { EmptyState } from "../../ui/EmptyState";
import { Notes } from "../../ui/Notes";
import { Skeleton } from "../../ui/Skeleton";
import { Waiting } from "../../ui/Waiting";
import { QueryFailure } from "./QueryFailure";
import styles from "./QueryPanel.module.css";

const HEIGHT = 300;

/** What a query yields over the page's time. */
export function ChartResult({ expr }: { expr: string }) {
  const { interval, nowMs } = usePageTime();
  const [place, width] = useWidth<HTMLDivElement>();
  const [asTable, setAsTable] = useState(false);
  const stepS = stepSecondsFor(interval, width || 900);
  const answer = useRange([{ expr }], stepS, width > 0);
  const { data, error, fetching, updatedMs, retry } = answer;
  const series = data?.frame.series.length ?? 0;
  return (
    <div ref={place} className={styles["result"]} data-stale={error !== null}>
      {error && <QueryFailure expr={expr} error={error} onRetry={retry} />}
      <div className={styles["line"]} data-busy={fetching}>
        <Waiting answer={answer} />
        {data && (
          <>
            <span>{series === 1 ? "1 series" : `${series} series`}</span>
            <span>one point every {data.frame.stepS} s</span>
            <span>{formatAgo(Math.max(0, nowMs - updatedMs))}</span>
            <span className={styles["tools"]}>
              <CopyButton
                name="Copy as curl"
                icon={<IconTerminal2 size={15} stroke={1.75} />}
                text={queryRangeCurl(expr, data.frame.interval, data.frame.stepS)}
              />
              <TableSwitch on={asTable} onChange={setAsTable} />
            </span>
          </>
        )}
      </div>
      {!data && !error && <Skeleton shape="chart" height={HEIGHT} />}
      <Notes notes={data?.notes ?? []} />
      {data && series === 0 && !error && (
        <EmptyState title="No series in this time.">
          Either nothing has this name and these labels, or it has no samples between the two times. A longer time range
          tells which.
        </EmptyState>
      )}
      {data && series > 0 && (
        <ChartBody
          title={expr}
          frame={data.frame}
          unit={unitOf(expr)}
          width={width}
          height={HEIGHT}
          asTable={asTable}
        />
      )}
    </div>
  );
}
