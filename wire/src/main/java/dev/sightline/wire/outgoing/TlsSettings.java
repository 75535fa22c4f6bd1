package dev.sightline.wire.outgoing;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How far the other side of a connection is believed: what Prometheus's files call `tls_config`.
///
/// @param authorities file of certificates that sign the other side's, in place of the machine's
/// @param serverName that the certificate must bear, in place of the address
/// @param certificate and key to show to servers that ask for them, both PEM, both or neither
public record TlsSettings(
    @Nullable Path authorities,
    @Nullable String serverName,
    boolean anyCertificate,
    @Nullable Path certificate,
    @Nullable Path key) {
  public static final TlsSettings DEFAULT = new TlsSettings(null, null, false, null, null);
}
