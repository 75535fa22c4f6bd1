import styles from "./Stat.module.css";

/** One number, or a few words, with its name, inside a definition list. */
export function Stat({ name, value, words = false }: { name: string; value: string; words?: boolean }) {
  return (
    <div className={styles["stat"]}>
      <dt>{name}</dt>
      <dd data-words={words} title={value}>
        {value}
      </dd>
    </div>
  );
}
