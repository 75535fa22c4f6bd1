/// Log records as OpenTelemetry sends them, in protobuf and in JSON.
package dev.sightline.wire.otlp;
