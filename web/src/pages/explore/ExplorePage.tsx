import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { type ExploreQuery, importForeign, patchFor, queriesIn } from "../../url/explore";
import { usePatchSearch, useSearchState } from "../../url/search";
import { Examples } from "./Examples";
import styles from "./ExplorePage.module.css";
import { QueryPanel } from "./QueryPanel";

const BLANK: ExploreQuery = { expr: "", view: "chart" };

/** Ad-hoc queries over metrics. Everything on the page is in its address; links from Prometheus work too. */
export function ExplorePage() {
  const search = useSearchState();
  const patch = usePatchSearch();
  const keys = useKeys();
  const foreign = importForeign(search);
  useEffect(() => {
    if (foreign) patch(foreign, { replace: true });
  }, [foreign, patch]);
  if (foreign) return null;

  const written = queriesIn(search);
  const queries = written.length > 0 ? written : [BLANK];
  const change = (next: readonly ExploreQuery[]) => patch(patchFor(search, next));
  const replaceAt = (index: number, query: ExploreQuery) =>
    change(queries.map((other, place) => (place === index ? query : other)));
  const removeAt = (index: number) => {
    keys.remove(index);
    change(queries.filter((_, place) => place !== index));
  };

  return (
    <div className={styles["page"]}>
      {queries.map((query, index) => (
        <QueryPanel
          key={keys.at(index)}
          number={index + 1}
          query={query}
          onChange={(changed) => replaceAt(index, changed)}
          onRemove={queries.length > 1 ? () => removeAt(index) : null}
        />
      ))}
      {queries.every(({ expr }) => expr === "") && <Examples onChoose={(expr) => change([{ ...BLANK, expr }])} />}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => change([...queries, { ...BLANK }])}
        >
          Add a query
        </Button>
      </div>
    </div>
  );
}

/** A name for each place in the list, so that a query keeps its panel when one above it is removed. */
function useKeys() {
  const keys = useRef<number[]>([]);
  const next = useRef(0);
  return {
    at(index: number): number {
      while (keys.current.length <= index) keys.current.push(next.current++);
      return keys.current[index] as number;
    },
    remove(index: number): void {
      keys.current.splice(index, 1);
    },
  };
}
