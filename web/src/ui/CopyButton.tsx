import { ActionIcon } from "@mantine/core";
import { IconCheck, IconCopy, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { copyText } from "./copy";

interface CopyButtonProps {
  /** A function where the text is only known at the click. */
  readonly text: string | (() => string);
  readonly name?: string;
  readonly icon?: ReactNode;
}

/** Copies a text, and says whether that worked. */
export function CopyButton({ text, name = "Copy", icon = <IconCopy size={14} /> }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  const copy = async () => {
    const done = await copyText(typeof text === "string" ? text : text());
    setOutcome(done ? "copied" : "failed");
    setTimeout(() => setOutcome(null), 1_500);
  };
  const label = outcome === null ? name : outcome === "copied" ? "Copied" : "The browser did not allow it";
  return (
    <ActionIcon variant="subtle" color="gray" size={24} aria-label={label} title={label} onClick={copy}>
      {outcome === null ? icon : outcome === "copied" ? <IconCheck size={14} /> : <IconX size={14} />}
    </ActionIcon>
  );
}
