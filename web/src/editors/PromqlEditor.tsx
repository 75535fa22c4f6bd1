import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, insertNewlineAndIndent } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { PromQLExtension } from "@prometheus-io/codemirror-promql";
import { useEffect, useRef } from "react";
import { send } from "../api/client";
import { styleNonce } from "../app/nonce";
import styles from "./PromqlEditor.module.css";

export interface PromqlEditorProps {
  readonly value: string;
  readonly label: string;
  readonly onChange: (value: string) => void;
  /** Enter was pressed; Shift and Enter make a new line. */
  readonly onRun: () => void;
}

/** A field for PromQL that knows the language, and the names that the server has. */
export function PromqlEditor(props: PromqlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const parent = place.current;
    if (!parent) return;
    const { value, label } = latest.current;
    const promql = new PromQLExtension().setComplete({
      remote: { fetchFn: (input, init) => send(String(input), init) },
    });
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          keys(() => latest.current.onRun()),
          history(),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          autocompletion({ icons: false }),
          syntaxHighlighting(COLOURS),
          promql.asExtension(),
          placeholder("A PromQL query, such as rate(http_requests_total[1m])"),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) latest.current.onChange(state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      promql.destroy();
      made.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === props.value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.value } });
  }, [props.value]);

  return <div ref={place} className={styles["editor"]} />;
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.function(tags.variableName), tags.keyword, tags.operatorKeyword], class: styles["word"] ?? "" },
  { tag: [tags.labelName, tags.propertyName], class: styles["label"] ?? "" },
  { tag: tags.string, class: styles["string"] ?? "" },
  { tag: [tags.number, tags.bool], class: styles["number"] ?? "" },
  { tag: tags.comment, class: styles["comment"] ?? "" },
  { tag: tags.invalid, class: styles["invalid"] ?? "" },
]);

function keys(onRun: () => void) {
  const run = () => {
    onRun();
    return true;
  };
  return [
    keymap.of([...completionKeymap]),
    Prec.high(
      keymap.of([
        { key: "Mod-Enter", run },
        { key: "Shift-Enter", run: insertNewlineAndIndent },
      ]),
    ),
    keymap.of([
      { key: "Enter", run },
      ...closeBracketsKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap.filter(({ key }) => key !== "Enter"),
    ]),
  ];
}
