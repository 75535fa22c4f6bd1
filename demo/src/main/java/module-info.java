/// A real small model behind MLflow's protocol, and the traffic generator.
@org.jspecify.annotations.NullMarked
module sightline.demo {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
}
