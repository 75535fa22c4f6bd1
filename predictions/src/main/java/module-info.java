/// The prediction store and the late join with ground truth.
@org.jspecify.annotations.NullMarked
module sightline.predictions {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires sightline.storage;
}
