import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

/** Something that is being said to the server, and why it was not taken. */
export interface Edit {
  readonly sending: boolean;
  readonly problem: string | null;
  /** @returns whether it was taken */
  send(work: () => Promise<unknown>): Promise<boolean>;
}

/** Afterwards everything that is known of the model is asked anew. */
export function useEdit(model: string): Edit {
  const client = useQueryClient();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (work: () => Promise<unknown>) => {
    setSending(true);
    setProblem(null);
    try {
      await work();
      for (const of of ["card", "schema", "events", "all events", "training"]) {
        void client.invalidateQueries({ queryKey: [of, model] });
      }
      return true;
    } catch (failure) {
      setProblem((failure as Error).message);
      return false;
    } finally {
      setSending(false);
    }
  };
  return { sending, problem, send };
}
