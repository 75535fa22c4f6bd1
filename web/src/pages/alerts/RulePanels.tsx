import type { Rule, RuleGroup } from "../../api/alerts";
import { formatValue } from "../../format/numbers";
import { formatAgo } from "../../time/format";
import { usePageTime } from "../../time/TimeProvider";
import { EmptyState } from "../../ui/EmptyState";
import { PageLink } from "../../ui/PageLink";
import { Panel } from "../../ui/Panel";
import { StatusMark } from "../../ui/StatusMark";
import table from "../../ui/Table.module.css";
import { patchFor } from "../../url/explore";
import { type AlertFilter, matchesRule } from "./alerts";
import styles from "./alerts.module.css";
import { SeverityMark } from "./SeverityMark";
import { StateMark } from "./StateMark";

/** The rules by their groups: what they ask, how they are, and whether they could be evaluated. */
export function RulePanels({ groups, filter }: { groups: readonly RuleGroup[]; filter: AlertFilter }) {
  const shown = groups
    .map((group) => ({ group, rules: group.rules.filter((rule) => matchesRule(rule, filter)) }))
    .filter(({ rules }) => rules.length > 0);
  if (groups.length > 0 && shown.length === 0) {
    return (
      <Panel title="Rules">
        <EmptyState title="No rule is like that.">
          <PageLink to="/alerts">Show all rules</PageLink>
        </EmptyState>
      </Panel>
    );
  }
  return shown.map(({ group, rules }) => (
    <Panel
      key={`${group.file} ${group.name}`}
      title={`Rules: ${group.name}`}
      note={`${rules.length} of ${group.rules.length}, every ${formatValue(group.interval, "seconds")}`}
      actions={<span className={`muted ${styles["folder"]}`}>{group.file}</span>}
      flush
    >
      <RuleTable rules={rules} />
    </Panel>
  ));
}

function RuleTable({ rules }: { rules: readonly Rule[] }) {
  const { nowMs } = usePageTime();
  return (
    <table className={`${table["table"]} ${styles["rules"]}`}>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Rule</th>
          <th scope="col">Severity</th>
          <th scope="col">Expression</th>
          <th scope="col" data-number>
            For
          </th>
          <th scope="col">Health</th>
          <th scope="col" data-number>
            Evaluated
          </th>
          <th scope="col" data-number>
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rules of a group may be the same in every word.
          <RuleRows key={`${rule.name} ${index}`} rule={rule} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  );
}

function RuleRows({ rule, nowMs }: { rule: Rule; nowMs: number }) {
  const evaluatedMs = Date.parse(rule.lastEvaluation ?? "");
  const never = Number.isNaN(evaluatedMs) || evaluatedMs <= 0;
  const failed = Boolean(rule.lastError);
  return (
    <>
      <tr data-has-more={failed}>
        <td>{rule.state ? <StateMark state={rule.state} /> : <span className="muted">recording</span>}</td>
        <td className={styles["ruleName"]} title={rule.annotations?.["summary"] ?? rule.annotations?.["description"]}>
          {rule.name}
        </td>
        <td>
          <SeverityMark severity={rule.labels?.["severity"] ?? ""} />
        </td>
        <td className={`mono ${styles["query"]}`} title={rule.query}>
          <PageLink to="/explore" search={patchFor({}, [{ expr: rule.query, view: "chart" }])}>
            {rule.query}
          </PageLink>
        </td>
        <td data-number>{rule.duration ? formatValue(rule.duration, "seconds") : "–"}</td>
        <td>
          <Health rule={rule} />
        </td>
        <td data-number>{never ? "never" : formatAgo(Math.max(0, nowMs - evaluatedMs))}</td>
        <td data-number>{never ? "–" : formatValue(rule.evaluationTime, "seconds")}</td>
      </tr>
      {failed && (
        <tr>
          <td colSpan={8} className={styles["problem"]}>
            {rule.lastError}
          </td>
        </tr>
      )}
    </>
  );
}

function Health({ rule: { health } }: { rule: Rule }) {
  switch (health) {
    case "ok":
      return <StatusMark status="ok">ok</StatusMark>;
    case "err":
      return <StatusMark status="error">failed</StatusMark>;
    default:
      return <StatusMark status="none">not yet</StatusMark>;
  }
}
