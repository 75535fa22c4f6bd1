import { UnstyledButton } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Timed } from "../api/useTimed";
import styles from "./Waiting.module.css";

const PATIENCE_MS = 5_000;

/** Says after five seconds that an answer is still under way, and lets one give up; then, ask again. */
export function Waiting({ answer }: { answer: Timed<unknown> }) {
  const { fetching, data, error } = answer;
  const [stopped, setStopped] = useState(false);
  useEffect(() => {
    if (fetching) setStopped(false);
  }, [fetching]);
  if (fetching) {
    const stop = () => {
      answer.cancel();
      setStopped(true);
    };
    return <Patience onStop={stop} />;
  }
  if (!stopped || data !== undefined || error) return null;
  return (
    <span className={styles["waiting"]}>
      <span role="status">given up</span>
      <UnstyledButton className={styles["action"]} onClick={answer.retry}>
        Ask again
      </UnstyledButton>
    </span>
  );
}

function Patience({ onStop }: { onStop: () => void }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startedMs = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - startedMs) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (seconds * 1_000 < PATIENCE_MS) return null;
  return (
    <span className={styles["waiting"]} title="A shorter time range is answered sooner.">
      <span role="status">still asking</span>
      <span aria-hidden="true">{seconds} s</span>
      <UnstyledButton className={styles["action"]} onClick={onStop}>
        Cancel
      </UnstyledButton>
    </span>
  );
}
