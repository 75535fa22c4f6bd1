/// The inference reverse proxy: streams a call to the model and takes a copy on the side.
@org.jspecify.annotations.NullMarked
module sightline.gateway {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires sightline.wire;
}
