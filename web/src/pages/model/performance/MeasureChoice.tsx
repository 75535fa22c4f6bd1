import type { Performance } from "../../../api/performance";
import { usePatchSearch } from "../../../url/search";
import { factsOf, headlines, keysIn, others } from "./measures";
import { Select } from "./ViewBar";

interface MeasureChoiceProps {
  readonly windows: Performance | undefined;
  readonly task: string | undefined;
  readonly value: string;
}

/** The measure that is looked into: any that the server gives. */
export function MeasureChoice({ windows, task, value }: MeasureChoiceProps) {
  const patch = usePatchSearch();
  const given = keysIn(windows?.windows);
  const first = headlines(task, given);
  const keys = [...new Set([...first, ...others(task, given), value])];
  return (
    <Select
      label="Measure"
      value={value}
      options={keys.map((key) => [key, factsOf(key).name])}
      onChange={(key) => patch({ measure: key === first[0] ? undefined : key }, { replace: true })}
    />
  );
}
