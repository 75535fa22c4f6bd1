/// Prometheus's remote write, version 1.0: protobuf messages within a snappy block.
package dev.sightline.wire.remotewrite;
