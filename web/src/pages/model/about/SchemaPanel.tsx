import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { editSchema, type FieldSpec, type Schema, type SchemaFeature, schemaOf } from "../../../api/registry";
import { useTimed } from "../../../api/useTimed";
import { significant } from "../../../format/numbers";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import table from "../../../ui/Table.module.css";
import styles from "./about.module.css";
import { Problem } from "./CardPanel";
import { useEdit } from "./useEdit";

/** What inputs hold, as the newest predictions show it, and what they may hold, as people say. */
export function SchemaPanel({ model }: { model: string }) {
  const answer = useTimed(["schema", model], (_, signal) => schemaOf(model, signal));
  const schema = answer.data;
  return (
    <Panel title="Inputs" note={schema && `seen in the newest ${schema.rows} predictions`} answer={answer} flush>
      {schema && schema.features.length === 0 && <EmptyState title="No prediction has named inputs." />}
      {schema && schema.features.length > 0 && (
        <SchemaForm key={JSON.stringify(schema.features.map(({ edited }) => edited))} model={model} schema={schema} />
      )}
    </Panel>
  );
}

interface Draft {
  readonly min: string;
  readonly max: string;
  readonly allowed: string;
}

function SchemaForm({ model, schema }: { model: string; schema: Schema }) {
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const { sending, problem, send } = useEdit(model);
  const draftOf = (feature: SchemaFeature) => drafts[feature.name] ?? draft(feature.edited);
  const save = () => {
    const said = schema.features.map((feature) => [feature.name, specOf(draftOf(feature), feature.edited)] as const);
    void send(() => editSchema(model, Object.fromEntries(said.filter(([, spec]) => Object.keys(spec).length > 0))));
  };
  return (
    <>
      <table className={table["table"]}>
        <thead>
          <tr>
            <th scope="col">Input</th>
            <th scope="col">Seen</th>
            <th scope="col">At least</th>
            <th scope="col">At most</th>
            <th scope="col">Allowed, with commas between</th>
          </tr>
        </thead>
        <tbody>
          {schema.features.map((feature) => {
            const now = draftOf(feature);
            const set = (key: keyof Draft) => (event: React.ChangeEvent<HTMLInputElement>) =>
              setDrafts({ ...drafts, [feature.name]: { ...now, [key]: event.currentTarget.value } });
            return (
              <tr key={feature.name}>
                <td>{feature.name}</td>
                <td className="muted" data-wide>
                  {inWords(feature.inferred)}
                </td>
                {(["min", "max", "allowed"] as const).map((key) => (
                  <td key={key}>
                    <TextInput
                      size="xs"
                      className={key === "allowed" ? undefined : styles["limit"]}
                      aria-label={`${key} of ${feature.name}`}
                      value={now[key]}
                      onChange={set(key)}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={styles["form"]}>
        <Button
          size="xs"
          variant="default"
          disabled={Object.keys(drafts).length === 0}
          loading={sending}
          onClick={save}
        >
          Save limits
        </Button>
        <span className="muted">They are checked with the data; what breaks one is shown under Drift.</span>
      </div>
      <Problem text={problem} />
    </>
  );
}

function draft(spec: FieldSpec | undefined): Draft {
  return {
    min: spec?.min === undefined ? "" : String(spec.min),
    max: spec?.max === undefined ? "" : String(spec.max),
    allowed: spec?.allowed?.join(", ") ?? "",
  };
}

/** What is no number is sent as it is, so that the server says what is wrong with it. */
export function specOf({ min, max, allowed }: Draft, before: FieldSpec | undefined): FieldSpec {
  const number = (text: string) => (Number.isNaN(Number(text)) ? (text as unknown as number) : Number(text));
  const words = allowed
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  return {
    ...(before?.type ? { type: before.type } : {}),
    ...(min.trim() ? { min: number(min.trim()) } : {}),
    ...(max.trim() ? { max: number(max.trim()) } : {}),
    ...(words.length > 0 ? { allowed: words } : {}),
  };
}

function inWords(spec: FieldSpec | undefined): string {
  if (!spec) return "not seen";
  const range = spec.min === undefined ? "" : ` from ${significant(spec.min)} to ${significant(spec.max ?? spec.min)}`;
  const words = spec.allowed?.length ? `: ${spec.allowed.slice(0, 12).join(", ")}` : "";
  return `${spec.type ?? ""}${range}${words}`;
}
