import { activeTargets, type Target } from "../../api/prometheus";
import { useTimed } from "../../api/useTimed";
import { grouped } from "../../format/grouped";
import { formatValue } from "../../format/numbers";
import { formatAgo } from "../../time/format";
import { usePageTime } from "../../time/TimeProvider";
import { EmptyState } from "../../ui/EmptyState";
import { LabelList } from "../../ui/LabelList";
import { Panel } from "../../ui/Panel";
import { type Status, StatusMark } from "../../ui/StatusMark";
import table from "../../ui/Table.module.css";
import styles from "./TargetsPage.module.css";

const STATUS: Readonly<Record<Target["health"], Status>> = { up: "ok", down: "error", unknown: "none" };

/** Everything that is scraped, by job: whether it answers, when it last did, and why not. */
export function TargetsPage() {
  const answer = useTimed(["targets"], (_, signal) => activeTargets(signal));
  const { data } = answer;
  if (!data || data.length === 0) {
    return (
      <Panel title="Targets" answer={answer}>
        {data && (
          <EmptyState title="Nothing is scraped.">
            The gateway and this machine report by themselves. Name other services in the configuration under{" "}
            <code>metrics.scrape_configs</code>, in Prometheus's own syntax.
          </EmptyState>
        )}
      </Panel>
    );
  }
  const jobs = [...grouped(data, ({ scrapePool }) => scrapePool)];
  return (
    <div className={styles["page"]}>
      {jobs.map(([job, targets], index) => (
        <Panel
          key={job}
          title={job}
          note={`${targets.filter(({ health }) => health === "up").length} of ${targets.length} up`}
          flush
          answer={index === 0 ? answer : { ...answer, error: null }}
        >
          <TargetTable targets={targets} />
        </Panel>
      ))}
    </div>
  );
}

function TargetTable({ targets }: { targets: readonly Target[] }) {
  const { nowMs } = usePageTime();
  return (
    <table className={table["table"]}>
      <thead>
        <tr>
          <th scope="col">Endpoint</th>
          <th scope="col">State</th>
          <th scope="col">Labels</th>
          <th scope="col" data-number>
            Last scrape
          </th>
          <th scope="col" data-number>
            Took
          </th>
          <th scope="col" data-number>
            Every
          </th>
        </tr>
      </thead>
      <tbody>
        {targets.map((target) => (
          <TargetRow key={target.scrapeUrl + JSON.stringify(target.labels)} target={target} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
}

function TargetRow({ target, nowMs }: { target: Target; nowMs: number }) {
  const scrapedMs = Date.parse(target.lastScrape);
  const never = Number.isNaN(scrapedMs) || scrapedMs <= 0;
  return (
    <>
      <tr data-has-more={target.lastError !== ""} className={styles["row"]}>
        <td className="mono">{target.scrapeUrl}</td>
        <td>
          <StatusMark status={STATUS[target.health]}>{target.health}</StatusMark>
        </td>
        <td className={styles["labels"]}>
          <LabelList labels={Object.entries(target.labels).filter(([name]) => name !== "job")} />
        </td>
        <td data-number>{never ? "never" : formatAgo(Math.max(0, nowMs - scrapedMs))}</td>
        <td data-number>{never ? "–" : formatValue(target.lastScrapeDuration, "seconds")}</td>
        <td data-number>{target.scrapeInterval ?? "–"}</td>
      </tr>
      {target.lastError !== "" && (
        <tr>
          <td colSpan={6} className={styles["error"]}>
            {target.lastError}
          </td>
        </tr>
      )}
    </>
  );
}
