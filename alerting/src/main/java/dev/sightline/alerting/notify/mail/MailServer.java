package dev.sightline.alerting.notify.mail;

import dev.sightline.wire.outgoing.TlsSettings;
import org.jspecify.annotations.Nullable;

/// The server that mails are handed to, as configured.
///
/// @param host a name or an address, without brackets
/// @param hello what this machine calls itself there
/// @param login null where nobody logs in
/// @param startsWithTls whether the connection is one of TLS from its first byte
/// @param requireTls whether one that is not must become one before anything is said
public record MailServer(
    String host,
    int port,
    String hello,
    @Nullable MailLogin login,
    boolean startsWithTls,
    boolean requireTls,
    TlsSettings tls) {}
