/// Go-template text: what alerts, notifications and legends are written in.
@org.jspecify.annotations.NullMarked
module sightline.template {
  requires transitive sightline.model;
  requires static transitive org.jspecify;

  exports dev.sightline.template;
  exports dev.sightline.template.function;
}
