import styles from "./Choice.module.css";

interface ChoiceProps {
  readonly label: string;
  /** What the first entry says, which chooses nothing. */
  readonly all: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}

/** One of several values, or none of them. A value of the address that is no option any more stays one. */
export function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  const shown = value && !options.includes(value) ? [...options, value] : options;
  return (
    <select
      className={styles["choice"]}
      aria-label={label}
      value={value}
      data-chosen={value !== ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{all}</option>
      {shown.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}
