import { Link, type LinkProps } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { carried, useSearchState } from "../url/search";

interface PageLinkProps extends Omit<ComponentProps<"a">, "href"> {
  /** A path of the pages, such as `/models/sentiment`, already encoded. */
  readonly to: string;
  readonly activeOptions?: LinkProps["activeOptions"];
}

/** A link to another page that takes the time range along. */
export function PageLink({ to, activeOptions, ...rest }: PageLinkProps) {
  const search = useSearchState();
  const properties = { ...rest, to, search: carried(search), activeOptions } as unknown as LinkProps;
  return <Link {...properties} />;
}
