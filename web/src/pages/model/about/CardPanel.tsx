import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { editCard, type ModelCard } from "../../../api/registry";
import type { Timed } from "../../../api/useTimed";
import { Panel } from "../../../ui/Panel";
import styles from "./about.module.css";
import { useEdit } from "./useEdit";

/** Whose the model is, and what it is for. */
export function CardPanel({ model, card }: { model: string; card: Timed<ModelCard> }) {
  return (
    <Panel title="About" answer={card} flush shape="rows">
      {card.data && <CardForm key={`${card.data.owner} ${card.data.description}`} model={model} card={card.data} />}
    </Panel>
  );
}

function CardForm({ model, card }: { model: string; card: ModelCard }) {
  const before = { owner: card.owner ?? "", description: card.description ?? "" };
  const [owner, setOwner] = useState(before.owner);
  const [description, setDescription] = useState(before.description);
  const { sending, problem, send } = useEdit(model);
  const changed = owner !== before.owner || description !== before.description;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(() => editCard(model, { owner, description }));
  };
  return (
    <>
      <form className={styles["form"]} onSubmit={submit}>
        <TextInput size="xs" label="Owner" value={owner} onChange={(event) => setOwner(event.currentTarget.value)} />
        <Textarea
          size="xs"
          label="Description"
          autosize
          className={styles["wide"]}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={!changed} loading={sending}>
          Save
        </Button>
      </form>
      <Problem text={problem} />
      {card.mlflow?.state === "failing" && (
        <p className={styles["problem"]} role="status">
          MLflow's registry at {card.mlflow.tracking_uri} does not answer: {card.mlflow.error}. What was known stays.
        </p>
      )}
    </>
  );
}

/** Why something was not taken. */
export function Problem({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p className={styles["problem"]} role="alert">
      {text}
    </p>
  );
}
