/**
 * Matchers of the calls that ask a model for an answer. Health probes, version questions and the like
 * come through the gateway too, and say nothing about the model. Metrics of others may name neither
 * method nor endpoint: then all their calls count.
 */
export const SCORING = 'method=~"POST|",endpoint=~"/invocations|/predict|"';

/** The scoring calls of one model. */
export function scoringOf(model: string): string {
  return `model=${quoted(model)},${SCORING}`;
}

/** A value inside double quotes of a selector. */
export function quoted(value: string): string {
  return JSON.stringify(value);
}
