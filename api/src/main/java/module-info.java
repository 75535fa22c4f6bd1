/// The HTTP face: routes, parameters, JSON.
@org.jspecify.annotations.NullMarked
module sightline.api {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
}
