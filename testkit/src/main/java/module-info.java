/// What the tests of every module share.
@org.jspecify.annotations.NullMarked
module sightline.testkit {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires org.assertj.core;

  exports dev.sightline.testkit;
}
