import { editVersion, type ModelCard, STAGES, type Stage, type VersionCard } from "../../../api/registry";
import type { Timed } from "../../../api/useTimed";
import { formatFullTime } from "../../../time/format";
import { EmptyState } from "../../../ui/EmptyState";
import { Panel } from "../../../ui/Panel";
import table from "../../../ui/Table.module.css";
import { Select } from "../performance/ViewBar";
import { Problem } from "./CardPanel";
import { type Edit, useEdit } from "./useEdit";

/** Every version that is known, and where it stands. */
export function VersionsPanel({ model, card }: { model: string; card: Timed<ModelCard> }) {
  const edit = useEdit(model);
  const versions = card.data?.versions ?? [];
  return (
    <Panel title="Versions" answer={card} flush>
      {card.data && versions.length === 0 && (
        <EmptyState title="No version is known.">A prediction that names one, or MLflow's registry, tells.</EmptyState>
      )}
      {versions.length > 0 && (
        <table className={table["table"]}>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Stage</th>
              <th scope="col">Aliases</th>
              <th scope="col">First prediction</th>
              <th scope="col">Said by</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <Row key={version.version} model={model} version={version} edit={edit} />
            ))}
          </tbody>
        </table>
      )}
      <Problem text={edit.problem} />
    </Panel>
  );
}

function Row({ model, version, edit }: { model: string; version: VersionCard; edit: Edit }) {
  const stages = STAGES.map((stage) => [stage, stage] as const);
  const set = (stage: string) => void edit.send(() => editVersion(model, version.version, { stage: stage as Stage }));
  return (
    <tr>
      <td title={version.description}>{version.version}</td>
      <td>
        <Select label={`Stage of ${version.version}`} value={version.stage} options={stages} onChange={set} />
      </td>
      <td>{version.aliases?.join(", ") ?? <span className="muted">–</span>}</td>
      <td>
        {version.first_prediction ? (
          formatFullTime(Date.parse(version.first_prediction))
        ) : (
          <span className="muted">none yet</span>
        )}
      </td>
      <td className="muted">{version.mlflow ? "MLflow" : "here"}</td>
    </tr>
  );
}
