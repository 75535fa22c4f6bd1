/// The tree of a log query: data only. `parse` makes it, what evaluates gives it a meaning.
package dev.sightline.logql.ast;
