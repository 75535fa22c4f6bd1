/// Formats that others speak: exposition text, model-serving payloads, log pushes, YAML with
/// positions.
@org.jspecify.annotations.NullMarked
module sightline.wire {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires aircompressor.v3;
  requires org.snakeyaml.engine;
  requires tools.jackson.core;

  exports dev.sightline.wire.backfill;
  exports dev.sightline.wire.csv;
  exports dev.sightline.wire.exposition;
  exports dev.sightline.wire.loki;
  exports dev.sightline.wire.otlp;
  exports dev.sightline.wire.outgoing;
  exports dev.sightline.wire.parquet;
  exports dev.sightline.wire.remotewrite;
  exports dev.sightline.wire.serving;
  exports dev.sightline.wire.table;
  exports dev.sightline.wire.whylogs;
  exports dev.sightline.wire.yaml;
}
