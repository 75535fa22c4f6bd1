/// Scripts that say what a query language answers, and stores in memory to run them on.
@org.jspecify.annotations.NullMarked
module sightline.script {
  requires transitive sightline.model;
  requires static transitive org.jspecify;

  exports dev.sightline.script;
  exports dev.sightline.script.memory;
}
