/** One query of a chart. */
export interface ChartQuery {
  readonly expr: string;
  /** The name of a series in the legend: fixed, or made from its labels; without one, the labels are the name. */
  readonly name?: string | ((labels: Readonly<Record<string, string>>) => string);
  /** A colour with a meaning; without one the name's hash chooses. */
  readonly colour?: string | ((labels: Readonly<Record<string, string>>) => string | undefined);
}
