import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { basePath } from "../api/client";
import { parseSearch, type Search, stringifySearch } from "../url/search";
import { Crash } from "./Crash";
import { NotFound } from "./NotFound";
import { Shell } from "./Shell";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <Crash error={error as Error} />,
  validateSearch: (search): Search => search as Search,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/home/HomePage"), "HomePage"),
});

const models = createRoute({
  getParentRoute: () => root,
  path: "/models",
  component: lazyRouteComponent(() => import("../pages/models/ModelsPage"), "ModelsPage"),
});

const model = createRoute({
  getParentRoute: () => root,
  path: "/models/$name",
  component: lazyRouteComponent(() => import("../pages/model/ModelPage"), "ModelPage"),
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  component: lazyRouteComponent(() => import("../pages/alerts/AlertsPage"), "AlertsPage"),
});

const logs = createRoute({
  getParentRoute: () => root,
  path: "/logs",
  component: lazyRouteComponent(() => import("../pages/logs/LogsPage"), "LogsPage"),
});

const explore = createRoute({
  getParentRoute: () => root,
  path: "/explore",
  component: lazyRouteComponent(() => import("../pages/explore/ExplorePage"), "ExplorePage"),
});

// Prometheus's own addresses, so that links in old alerts and bookmarks lead somewhere.
const graph = createRoute({
  getParentRoute: () => root,
  path: "/graph",
  beforeLoad: ({ search }) => {
    throw redirect({ to: "/explore", search: search as never, replace: true });
  },
});

const rules = createRoute({
  getParentRoute: () => root,
  path: "/rules",
  beforeLoad: () => {
    throw redirect({ to: "/alerts", replace: true });
  },
});

const targets = createRoute({
  getParentRoute: () => root,
  path: "/targets",
  component: lazyRouteComponent(() => import("../pages/targets/TargetsPage"), "TargetsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([home, models, model, alerts, logs, explore, graph, rules, targets]),
  basepath: basePath(),
  parseSearch: (text) => parseSearch(text) as Record<string, unknown>,
  stringifySearch,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
