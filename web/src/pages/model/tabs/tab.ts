import type { Model } from "../../../api/models";

/** What a tab is told. */
export interface TabProps {
  readonly model: string;
  /** What is known of the model; undefined until the first answer, and for one without stored predictions. */
  readonly facts: Model | undefined;
}
