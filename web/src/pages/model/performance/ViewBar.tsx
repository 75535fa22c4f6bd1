import { TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { usePageTime } from "../../../time/TimeProvider";
import { Choice } from "../../../ui/Choice";
import { usePatchSearch, useSearchState } from "../../../url/search";
import { hasClasses } from "./measures";
import styles from "./performance.module.css";
import { AVERAGINGS, STEPS, stepFor, useView } from "./view";

const AVERAGE_NAMES: Readonly<Record<string, readonly [name: string, meaning: string]>> = {
  macro: ["macro", "every class counts the same"],
  weighted: ["weighted", "classes count by their true cases"],
  micro: ["micro", "every prediction counts the same, so all four are equal where a case has one class"],
  binary: ["positive class", "only the positive class counts, against all others"],
  clara: [
    "CLARA's",
    "precision and F1 weighted, recall micro, 1 where something is divided by zero; empty windows repeat the one before",
  ],
};
const LEAST_ROWS = ["1", "10", "30", "100", "300"];
const DEFAULT_LEAST = "30";
const CLARAS_LEAST = "1";

export type Control = "average" | "window" | "time" | "least";

interface ViewBarProps {
  /** null where the version is chosen elsewhere. */
  readonly versions: readonly string[] | null;
  /** What beside version and segment matters to what stands below. */
  readonly controls: readonly Control[];
  /** Of which one may be the positive one. */
  readonly classes?: readonly string[] | undefined;
  readonly children?: ReactNode;
}

/** The controls of a tab that shows measures over windows. */
export function controlsFor(task: string | undefined): readonly Control[] {
  return hasClasses(task) ? ["average", "window", "time", "least"] : ["window", "time", "least"];
}

/** Which predictions are measured, how classes are averaged, and how long windows are. All of it is in the address. */
export function ViewBar({ versions, controls, classes = [], children }: ViewBarProps) {
  const patch = usePatchSearch();
  const search = useSearchState();
  const view = useView();
  const { interval } = usePageTime();
  const least = view.average === "clara" ? CLARAS_LEAST : DEFAULT_LEAST;
  const set = (key: string) => (value: string) => patch({ [key]: value || undefined }, { replace: true });
  return (
    <fieldset className={styles["bar"]} aria-label="What is measured">
      {children}
      {controls.includes("average") && (
        <Select
          label="Average"
          value={view.average}
          title={AVERAGE_NAMES[view.average]?.[1] ?? ""}
          options={AVERAGINGS.filter(
            (value) => value !== "binary" || classes.length > 1 || view.average === "binary",
          ).map((value) => [value, AVERAGE_NAMES[value]?.[0] ?? value])}
          onChange={(value) =>
            patch(
              {
                average: value === "macro" ? undefined : value,
                // Of more than two classes, none is the positive one by itself.
                positive: value === "binary" ? (view.positive ?? classes.at(-1)) : view.positive,
              },
              { replace: true },
            )
          }
        />
      )}
      {controls.includes("average") && (classes.length === 2 || (classes.length > 2 && view.average === "binary")) && (
        <Select
          label="Positive class"
          title="The class that binary measures, AUC and average precision speak of"
          value={view.positive ?? classes.at(-1) ?? ""}
          options={classes.map((name) => [name, name])}
          onChange={(value) => set("positive")(classes.length === 2 && value === classes.at(-1) ? "" : value)}
        />
      )}
      {versions && (
        <Choice
          label="Version"
          all="All versions"
          value={view.version ?? ""}
          options={versions}
          onChange={set("version")}
        />
      )}
      <SegmentField value={view.segment ?? ""} onChange={set("segment")} />
      {controls.includes("window") && (
        <Select
          label="Window"
          value={stepFor(search["step"], interval)}
          options={stepOptions(stepFor(search["step"], interval))}
          onChange={set("step")}
        />
      )}
      {controls.includes("time") && (
        <Select
          label="By time of"
          value={view.time ?? (view.average === "clara" ? "truth" : "prediction")}
          options={[
            ["prediction", "prediction"],
            ["truth", "ground truth"],
          ]}
          onChange={set("by_time")}
        />
      )}
      {controls.includes("least") && (
        <Select
          label="Least rows"
          title="A window with fewer rows with truth has no value"
          value={String(view.minN ?? least)}
          options={leastOptions(view.minN).map((value) => [value, value])}
          onChange={(value) => set("min_n")(value === least ? "" : value)}
        />
      )}
    </fieldset>
  );
}

/** A segment is written as a selector; it is taken when one is done writing. */
function SegmentField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(text.trim());
  };
  return (
    <form onSubmit={submit} className={styles["segment"]}>
      <TextInput
        size="xs"
        aria-label="Segment"
        placeholder={'Segment: country="ES"'}
        value={text}
        data-chosen={value !== ""}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => text.trim() !== value && onChange(text.trim())}
      />
    </form>
  );
}

interface SelectProps {
  readonly label: string;
  readonly title?: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly onChange: (value: string) => void;
}

export function Select({ label, title, value, options, onChange }: SelectProps) {
  return (
    <label className={styles["select"]} title={title}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function stepOptions(current: string): readonly (readonly [string, string])[] {
  const steps: readonly string[] = STEPS;
  return (steps.includes(current) ? steps : [current, ...steps]).map((step) => [step, step]);
}

function leastOptions(minN: number | undefined): readonly string[] {
  const given = minN === undefined ? [] : [String(minN)];
  return [...new Set([...LEAST_ROWS, ...given])].sort((a, b) => Number(a) - Number(b));
}
