import type { ComponentProps } from "react";
import { PageLink } from "../../../ui/PageLink";
import { type Search, useSearchState } from "../../../url/search";
import { VIEW_KEYS } from "./view";

interface ModelLinkProps extends Omit<ComponentProps<"a">, "href"> {
  readonly model: string;
  readonly tab: string | undefined;
  /** What the address says beside the view; undefined takes something out of the view. */
  readonly search?: Search;
}

/** A link to a tab of a model that takes the view along. */
export function ModelLink({ model, tab, search, ...rest }: ModelLinkProps) {
  const here = useSearchState();
  const view = Object.fromEntries(VIEW_KEYS.map((key) => [key, here[key]]));
  return (
    <PageLink
      to="/models/$name"
      params={{ name: model }}
      search={{ ...view, tab, ...search }}
      activeOptions={{ exact: true, includeSearch: true }}
      {...rest}
    />
  );
}
