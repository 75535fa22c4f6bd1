import { cardOf } from "../../../api/registry";
import { useTimed } from "../../../api/useTimed";
import { CardPanel } from "../about/CardPanel";
import { EventsPanel } from "../about/EventsPanel";
import { SchemaPanel } from "../about/SchemaPanel";
import { VersionsPanel } from "../about/VersionsPanel";
import type { TabProps } from "./tab";

/** What people say of a model: whose it is, where its versions stand, what happened to it, what its inputs may hold. */
export function AboutTab({ model }: TabProps) {
  const card = useTimed(["card", model], (_, signal) => cardOf(model, signal));
  return (
    <>
      <CardPanel model={model} card={card} />
      <VersionsPanel model={model} card={card} />
      <EventsPanel model={model} />
      <SchemaPanel model={model} />
    </>
  );
}
