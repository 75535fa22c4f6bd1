import { TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";
import { onCommand } from "../../app/useHotkeys";
import { EmptyState } from "../../ui/EmptyState";
import { Panel } from "../../ui/Panel";
import { usePatchSearch, useSearchState } from "../../url/search";
import { FirstRun } from "../home/FirstRun";
import { ModelTable } from "./ModelTable";
import { useModelRows } from "./useModelRows";

/** All models, or those whose name, task or version contains what one looks for. */
export function ModelsPage() {
  const { rows, answer } = useModelRows();
  const wanted = useSearchState()["q"] ?? "";
  if (rows?.length === 0) return <FirstRun />;
  const found = rows?.filter(({ model: { name, task, versions } }) =>
    [name, task ?? "", ...versions].some((text) => text.toLowerCase().includes(wanted.toLowerCase())),
  );
  return (
    <Panel
      title="All models"
      note={rows && found && (wanted ? `${found.length} of ${rows.length}` : rows.length)}
      actions={<Filter wanted={wanted} />}
      flush
      answer={answer}
    >
      {found && found.length > 0 && <ModelTable rows={found} />}
      {found?.length === 0 && <EmptyState title={`No model is called or made like “${wanted}”.`} />}
    </Panel>
  );
}

function Filter({ wanted }: { wanted: string }) {
  const patch = usePatchSearch();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => onCommand("search", () => field.current?.focus()), []);
  return (
    <TextInput
      ref={field}
      size="xs"
      aria-label="Look for a model"
      placeholder="Name, task or version"
      value={wanted}
      onChange={(event) => patch({ q: event.currentTarget.value || undefined }, { replace: true })}
    />
  );
}
