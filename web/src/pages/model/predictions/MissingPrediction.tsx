import { ApiError } from "../../../api/client";
import { Failure } from "../../../ui/Failure";
import { Part, SidePanel, SideTitle } from "../../../ui/SidePanel";
import styles from "./PredictionDetails.module.css";

interface MissingPredictionProps {
  readonly model: string;
  readonly id: string;
  readonly error: Error;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** Why a link to a prediction shows none. */
export function MissingPrediction({ model, id, error, onRetry, onClose }: MissingPredictionProps) {
  const gone = error instanceof ApiError && error.status === 404;
  const head = <SideTitle subject={gone ? "No such prediction" : "No answer"} />;
  return (
    <SidePanel name="Prediction" head={head} onClose={onClose}>
      <Part>
        {gone ? (
          <p>
            {model} has no prediction <code className={styles["id"]}>{id}</code>. Either the link is not complete, or
            the prediction is older than what is kept.
          </p>
        ) : (
          <Failure error={error} onRetry={onRetry} />
        )}
      </Part>
    </SidePanel>
  );
}
