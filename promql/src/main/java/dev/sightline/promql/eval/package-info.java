/// What a query means: trees are evaluated series by series, all steps of a series at once.
package dev.sightline.promql.eval;
