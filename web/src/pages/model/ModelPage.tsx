import { useParams } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useMemo } from "react";
import { listModels } from "../../api/models";
import { eventsOf } from "../../api/registry";
import { useTimed } from "../../api/useTimed";
import { EventMarks } from "../../charts/events";
import { Skeleton } from "../../ui/Skeleton";
import { AlertSummary } from "../alerts/AlertSummary";
import { markOf } from "./about/events";
import { ModelHeader } from "./ModelHeader";
import styles from "./ModelPage.module.css";
import { ModelTabs, type Tab, useTab } from "./ModelTabs";
import { hasClasses } from "./performance/measures";
import type { TabProps } from "./tabs/tab";

const CONTENT: Readonly<Record<Tab, ComponentType<TabProps>>> = {
  main: lazy(() => import("./tabs/MainTab").then((module) => ({ default: module.MainTab }))),
  metrics: lazy(() => import("./tabs/MetricsTab").then((module) => ({ default: module.MetricsTab }))),
  samples: lazy(() => import("./tabs/SamplesTab").then((module) => ({ default: module.SamplesTab }))),
  classes: lazy(() => import("./tabs/ClassesTab").then((module) => ({ default: module.ClassesTab }))),
  segments: lazy(() => import("./tabs/SegmentsTab").then((module) => ({ default: module.SegmentsTab }))),
  estimates: lazy(() => import("./tabs/EstimatesTab").then((module) => ({ default: module.EstimatesTab }))),
  drift: lazy(() => import("./tabs/DriftTab").then((module) => ({ default: module.DriftTab }))),
  changes: lazy(() => import("./tabs/ChangesTab").then((module) => ({ default: module.ChangesTab }))),
  monitors: lazy(() => import("./tabs/MonitorsTab").then((module) => ({ default: module.MonitorsTab }))),
  versions: lazy(() => import("./tabs/VersionsTab").then((module) => ({ default: module.VersionsTab }))),
  training: lazy(() => import("./tabs/TrainingTab").then((module) => ({ default: module.TrainingTab }))),
  traffic: lazy(() => import("./tabs/TrafficTab").then((module) => ({ default: module.TrafficTab }))),
  about: lazy(() => import("./tabs/AboutTab").then((module) => ({ default: module.AboutTab }))),
  predictions: lazy(() => import("./tabs/PredictionsTab").then((module) => ({ default: module.PredictionsTab }))),
};

/** One model: how it is doing at a glance, and in tabs how good it is, for whom, since when, and what it answered. */
export function ModelPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const tab = useTab();
  const models = useTimed(["models"], (_, signal) => listModels(signal));
  const facts = models.data?.find((candidate) => candidate.name === name);
  const Content = CONTENT[tab];
  const events = useTimed(["events", name], (interval, signal) => eventsOf(name, interval, signal));
  const marks = useMemo(() => (events.data ?? []).map(markOf), [events.data]);
  return (
    <EventMarks value={marks}>
      <div key={name} className={styles["page"]}>
        <ModelHeader name={name} />
        <AlertSummary model={name} />
        <ModelTabs model={name} tab={tab} classes={hasClasses(facts?.task)} />
        <Suspense fallback={<Skeleton shape="rows" />}>
          <Content key={tab} model={name} facts={facts} />
        </Suspense>
      </div>
    </EventMarks>
  );
}
