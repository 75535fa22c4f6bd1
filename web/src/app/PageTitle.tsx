import { useParams, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { PageLink } from "../ui/PageLink";
import styles from "./PageTitle.module.css";

const NAMES: Readonly<Record<string, string>> = {
  "": "Home",
  models: "Models",
  alerts: "Alerts",
  logs: "Logs",
  explore: "Explore",
  targets: "Targets",
};

/** Where one is: the page, and what it shows. Also the browser's title. */
export function PageTitle() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { name: subject } = useParams({ strict: false }) as { name?: string };
  const [section = ""] = path.replace(/^\//, "").split("/");
  const name = NAMES[section] ?? "Not found";
  useEffect(() => {
    document.title = `${subject ?? name} · Sightline`;
  }, [name, subject]);
  if (!subject) return <h1 className={styles["title"]}>{name}</h1>;
  return (
    <h1 className={styles["title"]}>
      <PageLink to={`/${section}`}>{name}</PageLink>
      <span aria-hidden="true">/</span>
      {subject}
    </h1>
  );
}
