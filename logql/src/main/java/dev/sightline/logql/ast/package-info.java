/// The tree of a log query: data only. `parse` makes it, `stage` and `eval` give it a meaning.
package dev.sightline.logql.ast;
