import { useSearchState } from "../../../url/search";
import { FILTER_KEYS } from "../predictions/filter";
import { PredictionsPanel } from "../predictions/PredictionsPanel";
import type { TabProps } from "./tab";

/** The predictions themselves, all or those that the address asks for. */
export function PredictionsTab({ model, facts }: TabProps) {
  const search = useSearchState();
  const wanted = FILTER_KEYS.map((key) => search[key] ?? "").join("\n");
  return <PredictionsPanel key={wanted} model={model} versions={facts?.versions ?? []} />;
}
