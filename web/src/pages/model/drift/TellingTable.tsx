import type { FeatureDrift, Telling } from "../../../api/drift";
import { formatValue, significant } from "../../../format/numbers";
import table from "../../../ui/Table.module.css";

interface TellingTableProps {
  readonly type: FeatureDrift["type"];
  readonly telling: readonly Telling[];
}

/** The words of a text, or places of a vector, by which a classifier tells the windows apart. */
export function TellingTable({ type, telling }: TellingTableProps) {
  const words = type === "text";
  const value = (one: number) => (words ? formatValue(one, "ratio") : significant(one));
  return (
    <table className={table["table"]} aria-label={words ? "Words that tell" : "Places that tell"}>
      <thead>
        <tr>
          <th scope="col">{words ? "Word" : "Place"}</th>
          <th scope="col">speaks for</th>
          <th scope="col" data-number>
            {words ? "Texts with it, before" : "Mean before"}
          </th>
          <th scope="col" data-number>
            now
          </th>
        </tr>
      </thead>
      <tbody>
        {telling.map(({ name, weight, reference, current }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>{weight > 0 ? "now" : "the reference"}</td>
            <td data-number>{value(reference)}</td>
            <td data-number>{value(current)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
