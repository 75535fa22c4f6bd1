import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from "react";
import type { PromqlEditorProps } from "./PromqlEditor";
import styles from "./QueryField.module.css";

const PromqlEditor: LazyExoticComponent<ComponentType<PromqlEditorProps>> = lazy(() =>
  import("./PromqlEditor").then((module) => ({ default: module.PromqlEditor })),
);

/** The field for a query: plain until the editor has been loaded, so that one can type at once. */
export function QueryField(props: PromqlEditorProps) {
  return (
    <Suspense fallback={<PlainField {...props} />}>
      <PromqlEditor {...props} />
    </Suspense>
  );
}

interface PlainFieldProps extends PromqlEditorProps {
  readonly placeholder?: string;
}

/** The plain field, for languages without an editor. */
export function PlainField({ value, label, placeholder, onChange, onRun }: PlainFieldProps) {
  return (
    <textarea
      className={styles["plain"]}
      aria-label={label}
      rows={1}
      spellCheck={false}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.shiftKey) return;
        event.preventDefault();
        onRun();
      }}
    />
  );
}
