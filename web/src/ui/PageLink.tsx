import { Link, type LinkProps } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { carried, type Search, useSearchState } from "../url/search";

interface PageLinkProps extends Omit<ComponentProps<"a">, "href"> {
  /** A path as the router knows it, such as `/models/$name`. */
  readonly to: string;
  /** What stands for the names in the path. */
  readonly params?: Readonly<Record<string, string>>;
  /** What the address says beside the time range. */
  readonly search?: Search;
  readonly activeOptions?: LinkProps["activeOptions"];
}

/** A link to another page that takes the time range along. */
export function PageLink({ search, ...rest }: PageLinkProps) {
  const here = useSearchState();
  const properties = { ...rest, search: { ...carried(here), ...search } } as unknown as LinkProps;
  return <Link {...properties} />;
}
