import { IconInfoTriangle } from "@tabler/icons-react";
import styles from "./Notes.module.css";

/** What the server has to say beside an answer. */
export function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={styles["notes"]}>
      {notes.map((note) => (
        <li key={note}>
          <IconInfoTriangle size={15} stroke={1.75} aria-hidden="true" />
          {note}
        </li>
      ))}
    </ul>
  );
}
