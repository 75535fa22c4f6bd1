import { activeTargets, type Target } from "../../api/prometheus";
import { useTimed } from "../../api/useTimed";
import { grouped } from "../../format/grouped";
import { EmptyState } from "../../ui/EmptyState";
import { PageLink } from "../../ui/PageLink";
import { Panel } from "../../ui/Panel";
import { StatusMark } from "../../ui/StatusMark";
import table from "../../ui/Table.module.css";

/** Which jobs are scraped, and whether they answer. */
export function TargetPanel() {
  const answer = useTimed(["targets"], (_, signal) => activeTargets(signal));
  const { data } = answer;
  const jobs = [...grouped(data ?? [], ({ scrapePool }) => scrapePool)];
  return (
    <Panel
      title="Targets"
      note={data && data.length > 0 && summaryOf(data)}
      actions={<PageLink to="/targets">All targets</PageLink>}
      flush
      answer={answer}
    >
      {data?.length === 0 && (
        <EmptyState title="Nothing is scraped.">
          The gateway and this machine report by themselves. Name other services in the configuration under{" "}
          <code>metrics.scrape_configs</code>.
        </EmptyState>
      )}
      {jobs.length > 0 && (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">State</th>
              <th scope="col">Last error</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map(([job, targets]) => (
              <tr key={job}>
                <td>{job}</td>
                <td>
                  <JobState targets={targets} />
                </td>
                <td data-wide className="muted">
                  {targets.find(({ lastError }) => lastError)?.lastError}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function JobState({ targets }: { targets: readonly Target[] }) {
  const up = targets.filter(({ health }) => health === "up").length;
  const down = targets.some(({ health }) => health === "down");
  const status = up === targets.length ? "ok" : down ? "error" : "none";
  return (
    <StatusMark status={status}>
      {up} of {targets.length} up
    </StatusMark>
  );
}

function summaryOf(targets: readonly Target[]): string {
  const up = targets.filter(({ health }) => health === "up").length;
  return `${up} of ${targets.length} up`;
}
