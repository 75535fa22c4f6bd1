import { Button } from "@mantine/core";
import { Choice } from "../../../ui/Choice";
import { type Search, usePatchSearch, useSearchState } from "../../../url/search";
import styles from "./FilterBar.module.css";
import { FILTER_KEYS, OUTCOMES } from "./filter";

interface FilterBarProps {
  readonly classes: readonly string[];
  readonly versions: readonly string[];
}

const NOTHING: Search = Object.fromEntries(FILTER_KEYS.map((key) => [key, undefined]));

/** Narrows the list down to what was said, what was true, and of whom. */
export function FilterBar({ classes, versions }: FilterBarProps) {
  const search = useSearchState();
  const patch = usePatchSearch();
  const set = (key: string) => (value: string) => patch({ [key]: value || undefined }, { replace: true });
  const chosen = FILTER_KEYS.some((key) => search[key]);
  return (
    <fieldset className={styles["bar"]} aria-label="Which predictions">
      <Choice
        label="Outcome"
        all="Right, wrong or open"
        value={search["outcome"] ?? ""}
        options={OUTCOMES}
        onChange={set("outcome")}
      />
      <Choice
        label="Predicted"
        all="Predicted: any"
        value={search["predicted"] ?? ""}
        options={classes}
        onChange={set("predicted")}
      />
      <Choice label="True" all="Truth: any" value={search["truth"] ?? ""} options={classes} onChange={set("truth")} />
      <Choice
        label="Version"
        all="All versions"
        value={search["version"] ?? ""}
        options={versions}
        onChange={set("version")}
      />
      {search["segment"] && (
        <Choice
          label="Segment"
          all="All segments"
          value={search["segment"]}
          options={[search["segment"]]}
          onChange={set("segment")}
        />
      )}
      {chosen && (
        <Button variant="subtle" size="compact-xs" onClick={() => patch(NOTHING)}>
          All predictions
        </Button>
      )}
    </fieldset>
  );
}
