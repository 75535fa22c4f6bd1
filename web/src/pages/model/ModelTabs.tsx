import { useSearchState } from "../../url/search";
import styles from "./ModelTabs.module.css";
import { ModelLink } from "./performance/ModelLink";

/** What a model's page can show; the first is shown when the address names none. */
export const TABS = [
  ["main", "Main"],
  ["metrics", "Metrics"],
  ["samples", "Samples by class"],
  ["classes", "Metrics by class"],
  ["segments", "Segments"],
  ["estimates", "Estimates"],
  ["drift", "Drift"],
  ["changes", "What changed"],
  ["monitors", "Monitors"],
  ["versions", "Versions"],
  ["training", "Training data"],
  ["traffic", "Traffic"],
  ["predictions", "Predictions"],
  ["about", "About"],
] as const;

export type Tab = (typeof TABS)[number][0];

const OF_CLASSES: readonly Tab[] = ["samples", "classes", "training"];

/** The tab that the address names; a link to a prediction need not name one. */
export function useTab(): Tab {
  const { tab: named, prediction } = useSearchState();
  return TABS.find(([tab]) => tab === named)?.[0] ?? (prediction ? "predictions" : "main");
}

/** The tabs of a model as links, so that each can be opened beside and sent on. A model of numbers has no classes. */
export function ModelTabs({ model, tab: current, classes }: { model: string; tab: Tab; classes: boolean }) {
  const shown = TABS.filter(([tab]) => classes || tab === current || !OF_CLASSES.includes(tab));
  return (
    <nav className={styles["tabs"]} aria-label={`Views of ${model}`}>
      {shown.map(([tab, name]) => (
        <ModelLink
          key={tab}
          model={model}
          tab={tab === "main" ? undefined : tab}
          className={styles["tab"]}
          data-active={tab === current}
          {...(tab === current ? { "aria-current": "page" } : {})}
        >
          {name}
        </ModelLink>
      ))}
    </nav>
  );
}
