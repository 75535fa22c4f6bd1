import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import styles from "./PredictionDetails.module.css";

interface SidePanelProps {
  readonly name: string;
  readonly head: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What opens beside the page and takes the focus; Escape closes it. */
export function SidePanel({ name, head, onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, [onClose]);
  return (
    <aside ref={panel} className={styles["details"]} aria-label={name} tabIndex={-1}>
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
