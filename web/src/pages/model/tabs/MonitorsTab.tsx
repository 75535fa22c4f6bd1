import { Button } from "@mantine/core";
import { useState } from "react";
import { forgetMonitor, historyOf, type Monitor, monitorsOf, runMonitor } from "../../../api/monitors";
import { useTimed } from "../../../api/useTimed";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import { usePatchSearch, useSearchState } from "../../../url/search";
import { MonitorForm } from "../monitors/MonitorForm";
import { MonitorTable } from "../monitors/MonitorTable";
import styles from "../monitors/monitors.module.css";
import { OutcomeChart } from "../monitors/OutcomeChart";
import { sentenceOf } from "../monitors/words";
import type { TabProps } from "./tab";

/** What is looked at in the model window by window: what was found, how it went, and a form to make and change monitors. */
export function MonitorsTab({ model }: TabProps) {
  const named = useSearchState()["monitor"];
  const patch = usePatchSearch();
  const [editing, setEditing] = useState<Monitor | "new" | null>(null);
  const answer = useTimed(["monitors", model], (_, signal) => monitorsOf(model, signal));
  const monitors = answer.data ?? [];
  const chosen = monitors.find(({ name }) => name === named) ?? monitors[0];
  const done = (name: string | undefined) => {
    setEditing(null);
    if (name) patch({ monitor: name }, { replace: true });
    answer.retry();
  };
  return (
    <>
      {editing && (
        <MonitorForm
          key={editing === "new" ? "" : editing.name}
          model={model}
          monitor={editing === "new" ? undefined : editing}
          onDone={done}
        />
      )}
      {chosen && !editing && (
        <ChosenMonitor model={model} monitor={chosen} onEdit={() => setEditing(chosen)} onChange={answer.retry} />
      )}
      <Panel
        title="Monitors"
        note="values that are looked at window by window"
        actions={
          <Button size="compact-xs" variant="default" onClick={() => setEditing("new")}>
            New monitor
          </Button>
        }
        flush
        answer={answer}
      >
        {answer.data && monitors.length === 0 && (
          <EmptyState title="Nobody asked for a monitor yet.">
            Scores, drift and data quality are looked at all the same. A monitor says for one value when it is wrong; it
            stands in <code>quality.monitors</code> or is made here.
          </EmptyState>
        )}
        {monitors.length > 0 && (
          <MonitorTable
            monitors={monitors}
            chosen={chosen?.name}
            onChoose={(monitor) => patch({ monitor }, { replace: true })}
          />
        )}
      </Panel>
    </>
  );
}

interface ChosenProps {
  readonly model: string;
  readonly monitor: Monitor;
  readonly onEdit: () => void;
  readonly onChange: () => void;
}

function ChosenMonitor({ model, monitor, onEdit, onChange }: ChosenProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const history = useTimed(["monitor history", model, monitor.name], (interval, signal) =>
    historyOf(model, monitor.name, interval, signal),
  );
  const act = async (what: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await what();
      history.retry();
      onChange();
    } catch (failure) {
      setProblem((failure as Error).message);
    }
  };
  return (
    <Panel
      title={monitor.name}
      note={sentenceOf(monitor.definition)}
      actions={
        <span className={styles["actions"]}>
          <Button size="compact-xs" variant="default" onClick={() => act(() => runMonitor(model, monitor.name))}>
            Run now
          </Button>
          {monitor.configured ? (
            <span className="muted">of the configuration</span>
          ) : (
            <>
              <Button size="compact-xs" variant="default" onClick={onEdit}>
                Edit
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                color="red"
                onClick={() => act(() => forgetMonitor(model, monitor.name))}
              >
                Delete
              </Button>
            </>
          )}
        </span>
      }
      answer={history}
      shape="chart"
    >
      {history.data && <OutcomeChart outcomes={history.data} definition={monitor.definition} />}
      {monitor.last?.text && <p className="muted">{monitor.last.text}</p>}
      {problem && (
        <p className={styles["problem"]} role="alert">
          {problem}
        </p>
      )}
    </Panel>
  );
}
