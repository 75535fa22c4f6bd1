import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import styles from "./SidePanel.module.css";

interface SidePanelProps {
  readonly name: string;
  readonly head: ReactNode;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What opens beside the page and takes the focus; Escape closes it, and the focus goes back to where it was. */
export function SidePanel({ name, head, wide = false, onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      const takenElsewhere = document.activeElement !== document.body;
      if (!takenElsewhere && before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, [onClose]);
  return (
    <aside ref={panel} className={styles["details"]} data-wide={wide} aria-label={name} tabIndex={-1}>
      <header className={styles["header"]}>
        {head}
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Close" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      {children}
    </aside>
  );
}

/** What stands in the head of a side panel: its subject, and something quieter. */
export function SideTitle({ subject, children }: { subject: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles["title"]}>
      <strong>{subject}</strong>
      {children}
    </div>
  );
}

export function Part({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles["part"]}>
      {title && <h3>{title}</h3>}
      {children}
    </section>
  );
}

export function Pairs({ pairs }: { pairs: readonly (readonly [name: string, value: ReactNode])[] }) {
  if (pairs.length === 0) return <p className="muted">none</p>;
  return (
    <dl className={styles["pairs"]}>
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt title={name}>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
