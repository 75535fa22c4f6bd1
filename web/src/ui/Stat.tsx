import styles from "./Stat.module.css";
import { type Status, StatusMark } from "./StatusMark";

interface StatProps {
  readonly name: string;
  readonly value: string;
  readonly words?: boolean;
  /** Where the number says that something wants a look. */
  readonly status?: Status | null;
}

/** One number, or a few words, with its name, inside a definition list. */
export function Stat({ name, value, words = false, status = null }: StatProps) {
  return (
    <div className={styles["stat"]}>
      <dt>{name}</dt>
      <dd data-words={words} title={value}>
        {status ? <StatusMark status={status}>{value}</StatusMark> : value}
      </dd>
    </div>
  );
}
