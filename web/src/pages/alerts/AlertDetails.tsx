import { formatValue } from "../../format/numbers";
import { formatAge, formatFullTime } from "../../time/format";
import { usePageTime } from "../../time/TimeProvider";
import { PageLink } from "../../ui/PageLink";
import { Pairs, Part, SidePanel, SideTitle } from "../../ui/SidePanel";
import { patchFor } from "../../url/explore";
import { logsOfModel } from "../../url/logs";
import { AlertChart } from "./AlertChart";
import { type Alert, remainingMs } from "./alerts";
import styles from "./alerts.module.css";
import { SeverityMark } from "./SeverityMark";
import { StateMark } from "./StateMark";

const LEADING = ["summary", "description"];

/** Everything that is known about one alert, beside the page. */
export function AlertDetails({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { nowMs } = usePageTime();
  const { rule, activeMs, annotations, labels } = alert;
  const lead = LEADING.flatMap((name) => annotations[name] ?? []);
  const others = Object.entries(annotations).filter(([name]) => !LEADING.includes(name));
  return (
    <SidePanel name="Alert" wide head={<SideTitle subject={alert.name} />} onClose={onClose}>
      <Part>
        <p className={styles["strip"]}>
          <StateMark state={alert.state} firesInMs={remainingMs(alert, nowMs)} />
          <SeverityMark severity={alert.severity} />
          {activeMs !== null && <span>for {formatAge(Math.max(0, nowMs - activeMs))}</span>}
        </p>
      </Part>
      {(lead.length > 0 || others.length > 0) && (
        <Part title="What it says">
          {lead.map((text) => (
            <p key={text} className={styles["lead"]}>
              {text}
            </p>
          ))}
          {others.length > 0 && (
            <Pairs pairs={others.map(([name, value]) => [name, <Annotation key={name} text={value} />])} />
          )}
        </Part>
      )}
      <Part title="Go to">
        <p className={styles["links"]}>
          {alert.model !== null && (
            <>
              <PageLink to="/models/$name" params={{ name: alert.model }}>
                Model {alert.model}
              </PageLink>
              <PageLink to="/logs" search={logsOfModel(alert.model, { startMs: activeMs ?? nowMs, endMs: nowMs })}>
                Its logs since then
              </PageLink>
            </>
          )}
          {rule && (
            <PageLink to="/explore" search={patchFor({}, [{ expr: rule.query, view: "chart" }])}>
              Explore the expression
            </PageLink>
          )}
        </p>
      </Part>
      {rule && (
        <Part title="Expression">
          <AlertChart alert={alert} expr={rule.query} />
        </Part>
      )}
      <Part title="State">
        <Pairs
          pairs={[
            ["value", Number.isNaN(alert.value) ? "–" : String(alert.value)],
            ["active since", activeMs === null ? "unknown" : formatFullTime(activeMs)],
            ["fires after", formatValue(rule?.duration ?? 0, "seconds")],
          ]}
        />
      </Part>
      <Part title="Labels">
        <Pairs pairs={Object.entries(labels)} />
      </Part>
    </SidePanel>
  );
}

/** A text of the rule; where it is an address, a link. */
function Annotation({ text }: { text: string }) {
  if (!/^https?:\/\/\S+$/.test(text)) return text;
  return (
    <a href={text} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}
