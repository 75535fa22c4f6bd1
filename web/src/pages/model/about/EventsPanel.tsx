import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { addEvent, deleteEvent, eventsOf, type ModelEvent } from "../../../api/registry";
import { useTimed } from "../../../api/useTimed";
import { formatFullTime } from "../../../time/format";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import table from "../../../ui/Table.module.css";
import { Select } from "../performance/ViewBar";
import styles from "./about.module.css";
import { Problem } from "./CardPanel";
import { eventInWords } from "./events";
import { type Edit, useEdit } from "./useEdit";

const KINDS = [
  ["note", "Note"],
  ["deployed", "Deployed"],
  ["retrained", "Retrained"],
  ["rolled_back", "Rolled back"],
] as const;

/** What has happened to the model, newest first: the marks on its charts, in words. */
export function EventsPanel({ model }: { model: string }) {
  const answer = useTimed(["all events", model], (_, signal) => eventsOf(model, null, signal));
  const edit = useEdit(model);
  const events = [...(answer.data ?? [])].reverse();
  return (
    <Panel title="Events" note="marks on the charts" answer={answer} flush>
      <EventForm model={model} edit={edit} />
      <Problem text={edit.problem} />
      {answer.data && events.length === 0 && <EmptyState title="Nothing has happened yet." />}
      {events.length > 0 && (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">What</th>
              <th scope="col">Said by</th>
              <th scope="col">
                <span className="visually-hidden">Forget</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <Row key={event.number} model={model} event={event} edit={edit} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function EventForm({ model, edit }: { model: string; edit: Edit }) {
  const [kind, setKind] = useState("note");
  const [version, setVersion] = useState("");
  const [text, setText] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await edit.send(() => addEvent(model, { kind, version, text }))) setText("");
  };
  return (
    <form className={styles["form"]} onSubmit={submit}>
      <Select label="What happened" value={kind} options={KINDS} onChange={setKind} />
      <TextInput
        size="xs"
        label="Version"
        placeholder="any"
        value={version}
        onChange={(event) => setVersion(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        label="In words"
        className={styles["wide"]}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={kind === "note" && !text} loading={edit.sending}>
        Add now
      </Button>
    </form>
  );
}

function Row({ model, event, edit }: { model: string; event: ModelEvent; edit: Edit }) {
  const words = eventInWords(event);
  return (
    <tr>
      <td>{formatFullTime(Date.parse(event.time))}</td>
      <td data-wide title={words}>
        {words}
      </td>
      <td className="muted">{event.by || "seen"}</td>
      <td>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={`Forget ${words}`}
          onClick={() => void edit.send(() => deleteEvent(model, event.number))}
        >
          Forget
        </Button>
      </td>
    </tr>
  );
}
