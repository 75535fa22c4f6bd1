/// Metric queries: text to tree, tree to values.
@org.jspecify.annotations.NullMarked
module sightline.promql {
  requires transitive sightline.model;
  requires transitive sightline.script;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.sightline.promql.ast;
  exports dev.sightline.promql.eval;
  exports dev.sightline.promql.parse;
  exports dev.sightline.promql.script;
}
