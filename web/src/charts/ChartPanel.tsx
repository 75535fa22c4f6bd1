import { ActionIcon } from "@mantine/core";
import { IconChartLine, IconCode, IconTable } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useRange } from "../api/useRange";
import type { Unit } from "../format/numbers";
import { rateWindow, stepSecondsFor } from "../time/step";
import { usePageTime } from "../time/TimeProvider";
import { NoData } from "../ui/NoData";
import { Notes } from "../ui/Notes";
import { PageLink } from "../ui/PageLink";
import { Panel } from "../ui/Panel";
import { Skeleton } from "../ui/Skeleton";
import { patchFor } from "../url/explore";
import { ChartBody } from "./ChartBody";
import styles from "./ChartPanel.module.css";
import type { ChartQuery } from "./query";
import { useWidth } from "./useWidth";

const HEIGHT = 184;

interface ChartPanelProps {
  readonly title: string;
  /** The queries for a `rate` window such as `60s`. */
  readonly queries: (window: string) => readonly ChartQuery[];
  readonly unit: Unit;
  readonly note?: string;
  /** What to say when there is no series at all. */
  readonly empty: ReactNode;
  readonly top?: number;
}

/** A panel with a chart of queries over the page's time. */
export function ChartPanel({ title, queries, unit, note, empty, top }: ChartPanelProps) {
  const { interval } = usePageTime();
  const [asTable, setAsTable] = useState(false);
  const [place, width] = useWidth<HTMLDivElement>();
  const stepS = stepSecondsFor(interval, width || 600);
  const asked = queries(rateWindow(stepS));
  const answer = useRange(asked, stepS, width > 0);
  const { data } = answer;
  return (
    <Panel
      title={title}
      note={note}
      actions={
        <>
          <ExploreLink title={title} queries={asked} />
          <TableSwitch on={asTable} onChange={setAsTable} />
        </>
      }
      answer={answer}
    >
      <div ref={place} style={{ minHeight: HEIGHT + 28 }}>
        {!data && <Skeleton shape="chart" height={HEIGHT} />}
        {data && data.frame.series.length === 0 && <NoData>{empty}</NoData>}
        {data && data.frame.series.length > 0 && (
          <ChartBody
            title={title}
            frame={data.frame}
            unit={unit}
            width={width}
            height={HEIGHT}
            asTable={asTable}
            top={top}
          />
        )}
        <Notes notes={data?.notes ?? []} />
      </div>
    </Panel>
  );
}

/** Opens the queries behind a chart, with its time. */
function ExploreLink({ title, queries }: { title: string; queries: readonly ChartQuery[] }) {
  const shown = queries.map(({ expr }) => ({ expr, view: "chart" }) as const);
  const name = `Explore ${title}`;
  return (
    <PageLink to="/explore" search={patchFor({}, shown)} className={styles["explore"]} aria-label={name} title={name}>
      <IconCode size={15} stroke={1.75} />
    </PageLink>
  );
}

/** Changes between the picture and its numbers. */
export function TableSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const name = on ? "Show as chart" : "Show as table";
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={name} title={name} onClick={() => onChange(!on)}>
      {on ? <IconChartLine size={15} stroke={1.75} /> : <IconTable size={15} stroke={1.75} />}
    </ActionIcon>
  );
}
