import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Definition, keepMonitor, type Monitor, type Outcome, previewOf } from "../../../api/monitors";
import { usePageTime } from "../../../time/TimeProvider";
import { Panel } from "../../../ui/Panel";
import performance from "../performance/performance.module.css";
import { definitionOf, type Fields, fieldsOf, KINDS, type Kind, MEASURES } from "./definition";
import styles from "./monitors.module.css";
import { OutcomeChart } from "./OutcomeChart";

interface MonitorFormProps {
  readonly model: string;
  /** The one to change; without one a new one is made. */
  readonly monitor: Monitor | undefined;
  /** @param name of what was kept; undefined where nothing was */
  readonly onDone: (name: string | undefined) => void;
}

/** Makes or changes a monitor; what it would have said over the page's time is tried before it is kept. */
export function MonitorForm({ model, monitor, onDone }: MonitorFormProps) {
  const { interval } = usePageTime();
  const [name, setName] = useState(monitor?.name ?? "");
  const [fields, setFields] = useState<Fields>(fieldsOf(monitor?.definition));
  const [preview, setPreview] = useState<readonly Outcome[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const kind = (fields["kind"] ?? "fixed") as Kind;
  const definition: Definition = definitionOf(fields, monitor?.definition);

  const attempt = async (what: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await what();
    } catch (failure) {
      setProblem((failure as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const keep = (event: FormEvent) => {
    event.preventDefault();
    void attempt(async () => {
      await keepMonitor(model, name, definition);
      onDone(name);
    });
  };
  const tryIt = () => attempt(async () => setPreview(await previewOf(model, name || "preview", definition, interval)));
  const field = (key: string, label: string, placeholder: string, list?: string) => (
    <TextInput
      key={key}
      size="xs"
      label={label}
      placeholder={placeholder}
      value={fields[key] ?? ""}
      {...(list ? { list } : {})}
      onChange={({ currentTarget }) => {
        const { value } = currentTarget;
        setFields((before) => ({ ...before, [key]: value }));
      }}
    />
  );

  return (
    <Panel title={monitor ? `Change ${monitor.name}` : "New monitor"}>
      <form className={styles["form"]} onSubmit={keep}>
        <TextInput
          size="xs"
          label="Name"
          placeholder="age-missing"
          value={name}
          disabled={monitor !== undefined}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <label className={performance["select"]}>
          kind
          <select
            value={kind}
            onChange={({ currentTarget }) => {
              const { value } = currentTarget;
              setFields((before) => ({ ...before, kind: value }));
            }}
          >
            {Object.entries(KINDS).map(([value, { title }]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {field("measure", "Measure", "accuracy, missing, mean, p95", "monitor-measures")}
        {field("feature", "Feature", "age; empty for the whole model")}
        {field("window", "Window", "1h, day, week, month")}
        {KINDS[kind].fields.map(([key, label, placeholder]) => field(key, label, placeholder))}
        {field("segment", "Segment", 'country="ES"')}
        {field("min_n", "Fewest rows", "30")}
        {field("severity", "Severity", "warning")}
        <datalist id="monitor-measures">
          {MEASURES.map((measure) => (
            <option key={measure} value={measure} />
          ))}
        </datalist>
        <span className={styles["actions"]}>
          <Button type="submit" size="xs" loading={busy} disabled={name.trim() === ""}>
            Keep
          </Button>
          <Button size="xs" variant="default" loading={busy} onClick={tryIt}>
            Try on this time
          </Button>
          <Button size="xs" variant="subtle" onClick={() => onDone(undefined)}>
            Cancel
          </Button>
        </span>
      </form>
      {problem && (
        <p className={styles["problem"]} role="alert">
          {problem}
        </p>
      )}
      {preview && <OutcomeChart outcomes={preview} definition={definition} />}
    </Panel>
  );
}
