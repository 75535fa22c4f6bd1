import { useRange } from "../../api/useRange";
import { type FrameSeries, lastValue } from "../../charts/frame";
import { Meter } from "../../charts/Meter";
import type { ChartQuery } from "../../charts/query";
import { Sparkline } from "../../charts/Sparkline";
import { formatValue } from "../../format/numbers";
import { rateWindow, stepSecondsFor } from "../../time/step";
import { usePageTime } from "../../time/TimeProvider";
import { EmptyState } from "../../ui/EmptyState";
import { Panel } from "../../ui/Panel";
import table from "../../ui/Table.module.css";
import styles from "./HostPanel.module.css";

const MEASURES = ["CPU", "Memory", "Disk"] as const;
const WATCH: Readonly<Record<(typeof MEASURES)[number], number>> = { CPU: 0.5, Memory: 0.7, Disk: 0.8 };
const BAD: Readonly<Record<(typeof MEASURES)[number], number>> = { CPU: 0.8, Memory: 0.9, Disk: 0.9 };

/** How full the hosts are: processor, memory and disk, one row for each. */
export function HostPanel() {
  const { interval } = usePageTime();
  const stepS = stepSecondsFor(interval, 180);
  const answer = useRange(queriesFor(rateWindow(stepS)), stepS);
  const hosts = hostsOf(answer.data?.frame.series ?? []);
  return (
    <Panel title="Hosts" flush answer={answer}>
      {answer.data && hosts.size === 0 && (
        <EmptyState title="No host has reported in this time.">
          This machine does so every few seconds; two reports are needed to tell its load.
        </EmptyState>
      )}
      {hosts.size > 0 && (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Host</th>
              {MEASURES.map((measure) => (
                <th scope="col" key={measure}>
                  {measure}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...hosts].map(([host, series]) => (
              <tr key={host}>
                <td>{host || "this machine"}</td>
                {MEASURES.map((measure) => (
                  <td key={measure}>
                    <Use series={series.get(measure)} watch={WATCH[measure]} bad={BAD[measure]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Use({ series, watch, bad }: { series: FrameSeries | undefined; watch: number; bad: number }) {
  const value = series ? lastValue(series) : null;
  return (
    <span className={styles["use"]}>
      <Sparkline values={series?.values ?? []} colour="var(--series-1)" max={1} />
      <span className={styles["now"]}>{formatValue(value, "ratio")}</span>
      <Meter value={value} watch={watch} bad={bad} />
    </span>
  );
}

function hostsOf(series: readonly FrameSeries[]): Map<string, Map<string, FrameSeries>> {
  const hosts = new Map<string, Map<string, FrameSeries>>();
  for (const one of series) {
    const host = one.labels["instance"] ?? "";
    const measures = hosts.get(host) ?? new Map<string, FrameSeries>();
    hosts.set(host, measures.set(one.name, one));
  }
  return hosts;
}

function queriesFor(window: string): readonly ChartQuery[] {
  const size = 'max by (instance) (node_filesystem_size_bytes{mountpoint="/"})';
  const free = 'max by (instance) (node_filesystem_avail_bytes{mountpoint="/"})';
  return [
    { name: "CPU", expr: `1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[${window}]))` },
    {
      name: "Memory",
      expr: "1 - max by (instance) (node_memory_MemAvailable_bytes) / max by (instance) (node_memory_MemTotal_bytes)",
    },
    { name: "Disk", expr: `1 - ${free} / ${size}` },
  ];
}
