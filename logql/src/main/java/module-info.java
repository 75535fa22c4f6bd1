/// Log queries: text to tree, tree to lines and values.
@org.jspecify.annotations.NullMarked
module sightline.logql {
  requires transitive sightline.model;
  requires transitive sightline.script;
  requires sightline.template;
  requires static transitive org.jspecify;

  exports dev.sightline.logql.ast;
  exports dev.sightline.logql.eval;
  exports dev.sightline.logql.parse;
  exports dev.sightline.logql.script;
}
