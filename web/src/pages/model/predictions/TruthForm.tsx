import { Button, TextInput, UnstyledButton } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Json, type Prediction, setGroundTruth } from "../../../api/models";
import { Truth } from "./PredictionTable";
import styles from "./TruthForm.module.css";
import { inWords, readAs } from "./value";

interface TruthFormProps {
  readonly model: string;
  readonly prediction: Prediction;
  readonly classes: readonly string[];
  readonly onChange: (prediction: Prediction) => void;
}

const MOST_BUTTONS = 6;

/** Says what turned out to be true about a prediction: one of the known classes at a click, anything else in words. */
export function TruthForm({ model, prediction, classes, onChange }: TruthFormProps) {
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const current = prediction.truth ? inWords(prediction.truth.value) : null;
  const choices = typeof prediction.prediction === "string" ? classes.slice(0, MOST_BUTTONS) : [];

  const send = async (value: Json) => {
    setSending(true);
    setProblem(null);
    try {
      const receipt = await setGroundTruth(model, prediction.id, value);
      const refused = receipt.rejected[0];
      if (refused) throw new Error(refused.error);
      setText("");
      onChange({ ...prediction, truth: { value, timeMs: Date.now() } });
    } catch (failure) {
      setProblem((failure as Error).message);
    } finally {
      setSending(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = readAs(prediction.prediction, text);
    if (value === null) setProblem(`“${text}” is no ${typeof prediction.prediction}, as the model's answer is.`);
    else void send(value);
  };

  return (
    <div className={styles["truth"]}>
      <p className={styles["now"]} role="status">
        <Truth prediction={prediction} />
      </p>
      {choices.length > 0 && (
        <fieldset className={styles["choices"]} aria-label="Set the ground truth">
          {choices.map((name) => (
            <UnstyledButton key={name} aria-pressed={name === current} disabled={sending} onClick={() => send(name)}>
              {name}
            </UnstyledButton>
          ))}
        </fieldset>
      )}
      <form className={styles["other"]} onSubmit={submit}>
        <TextInput
          size="xs"
          aria-label="Another value"
          placeholder={choices.length > 0 ? "another value" : "the true value"}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" size="xs" disabled={text.trim() === ""} loading={sending}>
          Set
        </Button>
      </form>
      {problem && (
        <p className={styles["problem"]} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
