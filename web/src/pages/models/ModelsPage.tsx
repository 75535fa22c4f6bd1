import { Panel } from "../../ui/Panel";
import { FirstRun } from "../home/FirstRun";
import { ModelTable } from "./ModelTable";
import { useModelRows } from "./useModelRows";

/** All models. */
export function ModelsPage() {
  const { rows, models, traffic } = useModelRows();
  if (rows?.length === 0) return <FirstRun />;
  return (
    <Panel
      title="All models"
      note={rows && String(rows.length)}
      flush
      fetching={models.fetching || traffic.fetching}
      error={models.error ?? traffic.error}
      onRetry={models.retry}
      hasData={rows !== undefined}
    >
      {rows && <ModelTable rows={rows} />}
    </Panel>
  );
}
