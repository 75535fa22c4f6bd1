/// The tree of a query: data only. `parse` makes it, `eval` gives it a meaning.
package dev.sightline.promql.ast;
