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
    <p className={styles["waiting"]} role="status">
      Not asked to the end.
      <UnstyledButton className={styles["action"]} onClick={answer.retry}>
        Ask again
      </UnstyledButton>
    </p>
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
    <p className={styles["waiting"]} role="status">
      The server is working on it for {seconds} s. A shorter time range is answered sooner.
      <UnstyledButton className={styles["action"]} onClick={onStop}>
        Cancel
      </UnstyledButton>
    </p>
  );
}
