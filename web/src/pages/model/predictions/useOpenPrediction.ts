import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findPrediction, type Prediction } from "../../../api/models";
import { usePatchSearch, useSearchState } from "../../../url/search";

/** The prediction that the address names, or why there is none. */
export interface OpenPrediction {
  /** null where none is named. */
  readonly id: string | null;
  readonly prediction: Prediction | null;
  readonly error: Error | null;
  choose(prediction: Prediction | null): void;
  /** Shows what has just been changed, until the server's next answer brings it. */
  show(prediction: Prediction): void;
  retry(): void;
}

/**
 * Opens what the address names: from the list where it is there, else by asking for it. So a link works
 * when it points at another time, and what is open stays open when the list moves on.
 */
export function useOpenPrediction(model: string, listed: readonly Prediction[]): OpenPrediction {
  const patch = usePatchSearch();
  const id = useSearchState()["prediction"] ?? null;
  const [last, setLast] = useState<Prediction | null>(null);
  const near = listed.find((candidate) => candidate.id === id) ?? (last?.id === id ? last : null);
  const asked = useQuery({
    queryKey: ["prediction", model, id],
    queryFn: ({ signal }) => findPrediction(model, id ?? "", signal),
    enabled: id !== null && near === null,
  });
  return {
    id,
    prediction: id === null ? null : (near ?? asked.data ?? null),
    error: near ? null : asked.error,
    choose: (prediction) => {
      setLast(prediction);
      patch({ prediction: prediction?.id }, { replace: true });
    },
    show: setLast,
    retry: () => void asked.refetch(),
  };
}
