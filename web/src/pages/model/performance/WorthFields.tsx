import { type FormEvent, useState } from "react";
import type { Worth } from "../../../api/performance";
import { usePatchSearch } from "../../../url/search";
import curve from "./CurvePanels.module.css";

const FIELDS = [
  ["tp", "found"],
  ["fn", "missed"],
  ["fp", "falsely found"],
  ["tn", "rightly left"],
] as const;
const LARGEST = 1e12;

/** The four values in the address: `10,-5,-1,0`; none unless all of them are numbers. */
export function worthIn(text: string | undefined): Worth | undefined {
  const values = (text ?? "").split(",").map((word) => (word.trim() === "" ? Number.NaN : Number(word)));
  const [tp, fn, fp, tn] = values;
  if (values.length !== FIELDS.length || values.some((value) => !(Math.abs(value) <= LARGEST))) return undefined;
  return { tp: tp ?? 0, fn: fn ?? 0, fp: fp ?? 0, tn: tn ?? 0 };
}

/** What each kind of decision is worth: with it the best threshold is the one that earns most. */
export function WorthFields({ worth }: { worth: Worth | undefined }) {
  const patch = usePatchSearch();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => textsOf(worth));
  const joined = FIELDS.map(([key]) => texts[key]?.trim() || "0").join(",");
  const valid = worthIn(joined) !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) patch({ worth: joined === "0,0,0,0" ? undefined : joined }, { replace: true });
  };
  return (
    <form className={curve["worth"]} onSubmit={submit} aria-label="What decisions are worth">
      <span className="muted">A decision is worth, in any unit; costs are negative:</span>
      {FIELDS.map(([key, name]) => (
        <label key={key}>
          {name}
          <input
            inputMode="decimal"
            value={texts[key] ?? ""}
            placeholder="0"
            aria-invalid={!valid}
            onChange={(event) => setTexts({ ...texts, [key]: event.currentTarget.value })}
            onBlur={submit}
          />
        </label>
      ))}
      <button type="submit" hidden>
        Take
      </button>
    </form>
  );
}

function textsOf(worth: Worth | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(FIELDS.map(([key]) => [key, worth ? String(worth[key]) : ""]));
}
